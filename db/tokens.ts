import { and, eq, getTableColumns, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { type StringMap, settings, tokens, tokenUses, users } from "./schema";

/** Everything stored of a token but its hash, with its owner and the clock it was read by. */
const {
  hash: _hash,
  idempotencyKey: _key,
  ownerKey: _ownerKey,
  ...tokenColumns
} = getTableColumns(tokens);
export const tokenRecord = {
  ...tokenColumns,
  ownerName: users.username,
  ownerEnabled: users.enabled,
  lastUsedAt: tokenUses.lastUsedAt,
  lastUsedAddress: tokenUses.address,
  lastUsedUserAgent: tokenUses.userAgent,
  readAt: sql<Date>`now()`.mapWith((value: string) => new Date(value)),
};

export type TokenRecord = Awaited<ReturnType<typeof findTokens>>[number];

export interface NewToken {
  name: string;
  ownerId: string;
  ownerPrincipal: StringMap;
  kind: string;
  description: string;
  ttlMs: number;
  enabled: boolean;
  hash: string;
  labels: StringMap;
  annotations: StringMap;
  /** A number, or the appending of the event that gives it. */
  resourceVersion: number | SQL<number>;
  idempotencyKey: string | null;
}

export interface TokenChanges {
  description: string;
  ttlMs: number;
  enabled: boolean;
  labels: StringMap;
  annotations: StringMap;
  /** A number, or the appending of the event that gives it. */
  resourceVersion: number | SQL<number>;
}

const setByWriting = {
  resourceVersion: tokens.resourceVersion,
  updatedAt: tokens.updatedAt,
  expiresAt: tokens.expiresAt,
};

interface TokenScope {
  /** Only this owner's; undefined sees everybody's. */
  ownerId: string | undefined;
}

/**
 * Stores a token that counts its ttl from this second, by the database's clock, in one statement.
 * Returns what the database set.
 */
export async function insertToken(tx: Executor, token: NewToken) {
  const createdAt = sql`date_trunc('second', now())`;
  const made = tx.$with("made").as(
    tx
      .insert(tokens)
      .values({
        ...token,
        ownerKey: sql`(select name_key from users where id = ${token.ownerId})`,
        createdAt,
        updatedAt: createdAt,
        expiresAt: expiry(createdAt, token.ttlMs),
      })
      .returning({ id: tokens.id, ...setByWriting, uid: tokens.uid, createdAt: tokens.createdAt }),
  );
  const used = tx
    .$with("used", {})
    .as(sql`insert into token_uses (token_id) select id from made returning token_id`);
  const [row] = await tx.with(made, used).select().from(made).prepare("insert_token").execute();
  if (!row) throw new Error("insert returned no row");
  return row;
}

/** The token of that name within the scope, or undefined. */
export async function findToken(
  db: Executor,
  name: string,
  scope: TokenScope,
): Promise<TokenRecord | undefined> {
  const [row] = await findTokens(db, and(isNamed(name), ownedBy(scope)))
    .prepare("find_token")
    .execute();
  return row;
}

/** As findToken, holding the row until the transaction ends. */
export async function lockToken(
  tx: Executor,
  name: string,
  scope: TokenScope,
): Promise<TokenRecord | undefined> {
  const [row] = await findTokens(tx, and(isNamed(name), ownedBy(scope)))
    .for("update", { of: tokens })
    .prepare("lock_token")
    .execute();
  return row;
}

/** Writes a token that this transaction holds. Returns what the database set. */
export async function updateToken(tx: Executor, id: number, changes: TokenChanges) {
  const [row] = await tx
    .update(tokens)
    .set({
      ...changes,
      expiresAt: expiry(sql`${tokens.createdAt}`, changes.ttlMs),
      updatedAt: sql`date_trunc('second', now())`,
    })
    .where(eq(tokens.id, id))
    .returning(setByWriting)
    .prepare("update_token")
    .execute();
  if (!row) throw new Error("a token vanished while it was held");
  return row;
}

/** Holds the sign-ins of a user, but for one, until the transaction ends; returns their ids. */
export async function lockSessionsOf(
  tx: Executor,
  ownerId: string,
  exceptName = "",
): Promise<number[]> {
  const rows = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(
      and(eq(tokens.ownerId, ownerId), eq(tokens.kind, "session"), ne(tokens.name, exceptName)),
    )
    .orderBy(tokens.name)
    .for("update");
  return rows.map((row) => row.id);
}

/** Holds some of a user's tokens until the transaction ends; returns their ids. */
export async function lockTokensOf(
  tx: Executor,
  ownerId: string,
  limit: number,
): Promise<number[]> {
  const rows = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(eq(tokens.ownerId, ownerId))
    .orderBy(tokens.name)
    .limit(limit)
    .for("update");
  return rows.map((row) => row.id);
}

/** Holds some tokens that expired that long ago, but for those somebody holds; returns their ids. */
export async function lockLongExpired(
  tx: Executor,
  { days, limit }: { days: number; limit: number },
): Promise<number[]> {
  const rows = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(sql`${tokens.expiresAt} < now() - ${days}::int * interval '1 day'`)
    .orderBy(tokens.expiresAt, tokens.id)
    .limit(limit)
    .for("update", { skipLocked: true });
  return rows.map((row) => row.id);
}

/** The tokens with these ids, by name. */
export function readTokens(db: Executor, ids: readonly number[]): Promise<TokenRecord[]> {
  return findTokens(db, inArray(tokens.id, [...ids])).orderBy(tokens.name);
}

/** Deletes them. The event of each deletion is stored before: its number is the deletion's. */
export async function deleteTokens(tx: Executor, ids: readonly number[]): Promise<void> {
  await tx.delete(tokens).where(inArray(tokens.id, [...ids]));
}

/** How many credentials one statement can find. */
export const CREDENTIALS_MAX = 16;

/**
 * What checks of presented secrets need, of up to CREDENTIALS_MAX names at once: each token's hash
 * and state and its owner's; of a sign-in also its last use and the text of the idle setting (null
 * while it has its default).
 */
export function findCredentials(db: Executor, names: readonly string[]) {
  const [first = ""] = names;
  const given = NAME_PLACES.map((place, at) => [place, names[at] ?? first]);
  return credentialStatement(db).execute(Object.fromEntries(given));
}

// Always as many names, some of them repeated: for a list of any length PostgreSQL would plan each
// time anew, which takes longer than the answer.
const NAME_PLACES = Array.from({ length: CREDENTIALS_MAX }, (_, at) => `name${at}`);

export type Credential = Awaited<ReturnType<typeof findCredentials>>[number];

// Only a sign-in ends by not being used: other tokens are spared the reading.
const lastUse = sql<Date | null>`case when ${tokens.kind} = 'session' then
  (select ${tokenUses.lastUsedAt} from ${tokenUses} where ${tokenUses.tokenId} = ${tokens.id})
  end`.mapWith(tokenUses.lastUsedAt);
const idleSetting = sql<string | null>`case when ${tokens.kind} = 'session' then
  (select ${settings.value} from ${settings}
    where ${settings.name} = 'auth-user-session-idle-ttl-minutes')
  end`;

function credentialStatement(db: Executor) {
  return preparedOnce(db, "find_credentials", () =>
    db
      .select({
        id: tokens.id,
        name: tokens.name,
        hash: tokens.hash,
        kind: tokens.kind,
        enabled: tokens.enabled,
        createdAt: tokens.createdAt,
        expiresAt: tokens.expiresAt,
        lastUsedAt: lastUse,
        ownerId: users.id,
        ownerName: users.username,
        ownerRole: users.role,
        ownerEnabled: users.enabled,
        idleSetting,
        // On the database's clock.
        readAtMs: sql`(extract(epoch from now()) * 1000)::float8`.mapWith(Number),
      })
      .from(tokens)
      .innerJoin(users, eq(users.id, tokens.ownerId))
      .where(
        inArray(
          tokens.name,
          NAME_PLACES.map((place) => sql.placeholder(place)),
        ),
      )
      .prepare("find_credentials"),
  );
}

function findTokens(db: Executor, where: SQL | undefined) {
  return db
    .select(tokenRecord)
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(where);
}

// PostgreSQL takes no U+0000 in text, so no token has such a name.
function isNamed(name: string): SQL {
  return name.includes("\u0000") ? sql`false` : eq(tokens.name, name);
}

function ownedBy(scope: TokenScope): SQL | undefined {
  return scope.ownerId === undefined ? undefined : eq(tokens.ownerId, scope.ownerId);
}

function expiry(createdAt: SQL, ttlMs: number): SQL {
  if (ttlMs < 0) return sql`'infinity'::timestamptz`;
  return sql`${createdAt} + ${ttlMs}::bigint * interval '1 millisecond'`;
}
