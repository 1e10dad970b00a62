import { and, asc, eq, gt, lte, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokens, tokenUses, users } from "./schema";

interface LongerLived {
  kind: "longer-lived";
  of: "tokens" | "sessions";
  ttlMs: number;
}

/** Which tokens a setting would touch. */
export type Affected =
  | LongerLived
  /** Sign-ins that were last used so long ago, but no longer. */
  | { kind: "idle-between"; fromMs: number; toMs: number }
  | { kind: "expired-longer"; days: number };

// Spelled out, so that the index of sign-ins serves it.
const IS_SESSION = sql`(${tokens.kind} = 'session')`;
const LIFETIME = sql`(case when ${tokens.ttlMs} < 0 then 9223372036854775807 else ${tokens.ttlMs} end)`;
const LAST_USED = sql`(select last_used_at from token_uses u where u.token_id = ${tokens.id})`;

interface AffectedCount {
  count: number;
  /** How many of them would end at once. */
  ending: number;
  /** How many of those were used within the last seven days. */
  endingInUse: number;
}

/** How many there are. Looks at `countMax` of them at most. */
export async function countAffected(
  db: Executor,
  affected: Affected,
  countMax: number,
): Promise<AffectedCount> {
  const [row] = await selectCounts(db, affected, countMax);
  return row ?? { count: 0, ending: 0, endingInUse: 0 };
}

/** The statement of countAffected. */
export function selectCounts(db: Executor, affected: Affected, countMax: number) {
  const ends = affected.kind === "longer-lived" ? endsBy(affected) : sql`true`;
  const isUsed = sql`${ends} and ${LAST_USED} > now() - interval '7 days'`;
  const found = db
    .select({ ends: sql`${ends}`.as("ends"), isUsed: isUsed.as("is_used") })
    .from(tokens)
    .where(condition(affected))
    .limit(countMax)
    .as("found");
  return db
    .select({
      count: sql`count(*)`.mapWith(Number),
      ending: sql`count(*) filter (where ${found.ends})`.mapWith(Number),
      endingInUse: sql`count(*) filter (where ${found.isUsed})`.mapWith(Number),
    })
    .from(found);
}

/** Those of them whose ids lie in a range, so that a part takes as long however few they are. */
export function listAffected(
  db: Executor,
  affected: Affected,
  range: { afterId: number; upToId: number },
) {
  const isEnding = affected.kind === "longer-lived" ? endsBy(affected) : sql`true`;
  const wouldExpireAt = affected.kind === "longer-lived" ? expiryBy(affected) : tokens.expiresAt;
  return db
    .select({
      name: tokens.name,
      ownerName: users.username,
      kind: tokens.kind,
      description: tokens.description,
      createdAt: tokens.createdAt,
      ttlMs: tokens.ttlMs,
      expiresAt: sql<Date | null>`${tokens.expiresAt}`.mapWith(tokens.expiresAt),
      lastUsedAt: tokenUses.lastUsedAt,
      isEnding: sql<boolean>`${isEnding}`,
      /** When it would, once shortened. */
      wouldExpireAt: sql`${wouldExpireAt}`.mapWith(tokens.createdAt),
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(and(condition(affected), gt(tokens.id, range.afterId), lte(tokens.id, range.upToId)))
    .orderBy(asc(tokens.id));
}

export async function lastTokenId(db: Executor): Promise<number> {
  const [row] = await db.select({ id: sql`max(${tokens.id})`.mapWith(Number) }).from(tokens);
  return row?.id ?? 0;
}

/** Holds some of those that live longer, but for those somebody holds and one; returns their ids. */
export async function lockLongerLived(
  tx: Executor,
  affected: LongerLived,
  { exceptName, limit }: { exceptName: string; limit: number },
): Promise<number[]> {
  const rows = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(and(condition(affected), ne(tokens.name, exceptName)))
    .limit(limit)
    .for("update", { skipLocked: true });
  return rows.map(({ id }) => id);
}

/** Gives tokens a ttl, and each the version of the event of that. */
export async function shortenTokens(
  tx: Executor,
  ttlMs: number,
  versions: readonly { id: number; resourceVersion: number }[],
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map(
    ({ id, resourceVersion }) => sql`(${id}::bigint, ${resourceVersion}::bigint)`,
  );
  await tx.execute(sql`
    update tokens set ttl_ms = ${ttlMs}::bigint,
      expires_at = created_at + ${ttlMs}::bigint * interval '1 millisecond',
      updated_at = date_trunc('second', now()), resource_version = given.version
    from (values ${sql.join(rows, sql`, `)}) as given (id, version)
    where tokens.id = given.id`);
}

function endsBy(affected: LongerLived): SQL {
  return sql`${expiryBy(affected)} < now()`;
}

function expiryBy({ ttlMs }: LongerLived): SQL {
  return sql`${tokens.createdAt} + ${ttlMs}::bigint * interval '1 millisecond'`;
}

function condition(affected: Affected): SQL | undefined {
  switch (affected.kind) {
    case "longer-lived":
      return and(
        affected.of === "sessions" ? IS_SESSION : sql`not ${IS_SESSION}`,
        sql`${LIFETIME} > ${affected.ttlMs}::bigint`,
        sql`${tokens.expiresAt} >= now()`,
      );
    case "idle-between": {
      const lastSeen = sql`greatest(${tokens.createdAt}, ${LAST_USED})`;
      const ago = (ms: number) => sql`now() - ${ms}::bigint * interval '1 millisecond'`;
      return and(
        IS_SESSION,
        sql`${tokens.expiresAt} >= now()`,
        sql`${lastSeen} < ${ago(affected.fromMs)} and ${lastSeen} >= ${ago(affected.toMs)}`,
      );
    }
    case "expired-longer":
      return sql`${tokens.expiresAt} < now() - ${affected.days}::int * interval '1 day'`;
  }
}
