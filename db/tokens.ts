import { and, eq, getTableColumns, inArray, ne, type SQL, sql } from "drizzle-orm";
import { appending, type NewAuditEvent, toJson } from "./audit-events";
import { commitsUnflushed, type Executor } from "./client";
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

const NAME_LENGTH_MAX = 38;

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
  idempotencyKey: string | null;
  /** By what its value is found; null of what nobody pastes. */
  print: string | null;
  /** Its number is the token's version. */
  event: NewAuditEvent;
}

export interface TokenChanges {
  description: string;
  ttlMs: number;
  enabled: boolean;
  labels: StringMap;
  annotations: StringMap;
  /** Its number is the token's new version. */
  event: NewAuditEvent;
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
 * Stores a token that counts its ttl from this second, by the database's clock, and its event, in one
 * statement. Returns what the database set. Throws MissingValue of owner_key when its owner is not,
 * or no longer, an enabled user.
 */
export async function insertToken(tx: Executor, { event, ...token }: NewToken) {
  commitsUnflushed(tx);
  const [row] = await insertStatement(tx).execute({ ...token, event: toJson([event]) });
  if (!row) throw new Error("insert returned no row");
  return row;
}

function insertStatement(db: Executor) {
  return preparedOnce(db, "insert_token", () => {
    const given = (name: keyof NewToken) => sql.placeholder(name);
    const createdAt = sql`date_trunc('second', now())`;
    const owner = db
      .$with("owner", {})
      .as(sql`select name_key from users where id = ${given("ownerId")} and enabled for share`);
    const made = db.$with("made").as(
      db
        .insert(tokens)
        .values({
          name: given("name"),
          hash: given("hash"),
          ownerId: given("ownerId"),
          ownerKey: sql`(select name_key from owner)`,
          ownerPrincipal: given("ownerPrincipal"),
          kind: given("kind"),
          description: given("description"),
          ttlMs: given("ttlMs"),
          enabled: given("enabled"),
          labels: given("labels"),
          annotations: given("annotations"),
          idempotencyKey: given("idempotencyKey"),
          resourceVersion: appending("owner"),
          createdAt,
          updatedAt: createdAt,
          expiresAt: expiry(createdAt),
        })
        .returning({
          id: tokens.id,
          ...setByWriting,
          uid: tokens.uid,
          createdAt: tokens.createdAt,
        }),
    );
    const used = db
      .$with("used", {})
      .as(sql`insert into token_uses (token_id) select id from made returning token_id`);
    const print = sql`${given("print")}::text`;
    const printed = db.$with("printed", {}).as(
      sql`insert into token_prints (token_id, print)
        select id, ${print} from made where ${print} is not null returning token_id`,
    );
    return db.with(owner, made, used, printed).select().from(made).prepare("insert_token");
  });
}

/** The token of that name within the scope, or undefined. */
export async function findToken(
  db: Executor,
  name: string,
  scope: TokenScope,
): Promise<TokenRecord | undefined> {
  if (!canBeName(name)) return undefined;
  const { ownerId } = scope;
  const statement = preparedOnce(db, ownerId === undefined ? "find_token" : "find_own_token", () =>
    findTokens(
      db,
      and(
        eq(tokens.name, sql.placeholder("name")),
        ownerId === undefined ? undefined : eq(tokens.ownerId, sql.placeholder("ownerId")),
      ),
    ).prepare("find_token"),
  );
  const [row] = await statement.execute({ name, ownerId });
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

/**
 * Writes a token, with its event, where it still is of that version, and holds it before the end of
 * the audit chain is. Returns what the database set; undefined when it was changed meanwhile.
 */
export async function updateToken(
  db: Executor,
  { id, resourceVersion }: Pick<TokenRecord, "id" | "resourceVersion">,
  { event, ...changes }: TokenChanges,
) {
  commitsUnflushed(db);
  const given = { ...changes, id, resourceVersion, event: toJson([event]) };
  const [row] = await updateStatement(db).execute(given);
  return row;
}

function updateStatement(db: Executor) {
  return preparedOnce(db, "update_token", () => {
    const given = (name: keyof TokenChanges) => sql.placeholder(name);
    const held = db.$with("held", {}).as(
      sql`select id from tokens where id = ${sql.placeholder("id")}
        and resource_version = ${sql.placeholder("resourceVersion")} for update`,
    );
    return db
      .with(held)
      .update(tokens)
      .set({
        description: sql`${given("description")}`,
        ttlMs: sql`${given("ttlMs")}`,
        enabled: sql`${given("enabled")}`,
        labels: sql`${sql.param(given("labels"), tokens.labels)}`,
        annotations: sql`${sql.param(given("annotations"), tokens.annotations)}`,
        resourceVersion: appending("held"),
        expiresAt: expiry(sql`${tokens.createdAt}`),
        updatedAt: sql`date_trunc('second', now())`,
      })
      .where(sql`${tokens.id} = (select id from held)`)
      .returning(setByWriting)
      .prepare("update_token");
  });
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

function isNamed(name: string): SQL {
  return canBeName(name) ? eq(tokens.name, name) : sql`false`;
}

// PostgreSQL takes no U+0000 in text. What is longer than every name may be a token's value in the
// wrong place: the database, which may log its parameters, is not asked.
function canBeName(name: string): boolean {
  return name.length <= NAME_LENGTH_MAX && !name.includes("\u0000");
}

function ownedBy(scope: TokenScope): SQL | undefined {
  return scope.ownerId === undefined ? undefined : eq(tokens.ownerId, scope.ownerId);
}

// Of the placeholder `ttlMs`.
function expiry(createdAt: SQL): SQL {
  const ttlMs = sql`${sql.placeholder("ttlMs")}::bigint`;
  return sql`case when ${ttlMs} < 0 then 'infinity'::timestamptz
    else ${createdAt} + ${ttlMs} * interval '1 millisecond' end`;
}
