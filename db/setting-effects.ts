import { and, asc, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokens, tokenUses, users } from "./schema";

/** Which tokens a setting would touch. */
export type Affected =
  | { kind: "longer-lived"; of: "tokens" | "sessions"; ttlMs: number }
  | { kind: "idle-longer"; idleMs: number }
  | { kind: "expired-longer"; days: number };

const LIFETIME = sql`(case when ${tokens.ttlMs} < 0 then 9223372036854775807 else ${tokens.ttlMs} end)`;

/** How many there are, up to `countMax`; and how many of them the new value would end at once. */
export async function countAffected(
  db: Executor,
  affected: Affected,
  countMax: number,
): Promise<{ count: number; ending: number }> {
  const ends =
    affected.kind === "longer-lived"
      ? sql<boolean>`${tokens.createdAt} + ${affected.ttlMs}::bigint * interval '1 millisecond' < now()`
      : sql<boolean>`true`;
  const found = db
    .select({ ends: ends.as("ends") })
    .from(tokens)
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(condition(affected))
    .limit(countMax)
    .as("found");
  const [row] = await db
    .select({
      count: sql`count(*)`.mapWith(Number),
      ending: sql`count(*) filter (where ${found.ends})`.mapWith(Number),
    })
    .from(found);
  return row ?? { count: 0, ending: 0 };
}

/** They themselves in parts, by id after the given one. */
export function listAffected(
  db: Executor,
  affected: Affected,
  page: { afterId: number; limit: number },
) {
  return db
    .select({
      id: tokens.id,
      name: tokens.name,
      ownerName: users.username,
      kind: tokens.kind,
      description: tokens.description,
      createdAt: tokens.createdAt,
      ttlMs: tokens.ttlMs,
      expiresAt: sql<Date | null>`${tokens.expiresAt}`.mapWith(tokens.expiresAt),
      lastUsedAt: tokenUses.lastUsedAt,
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(and(condition(affected), gt(tokens.id, page.afterId)))
    .orderBy(asc(tokens.id))
    .limit(page.limit);
}

/** Holds some of those that live longer, but for those somebody holds; returns their ids. */
export async function lockLongerLived(
  tx: Executor,
  affected: Extract<Affected, { kind: "longer-lived" }>,
  limit: number,
): Promise<number[]> {
  const rows = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(condition(affected))
    .limit(limit)
    .for("update", { skipLocked: true });
  return rows.map(({ id }) => id);
}

function condition(affected: Affected): SQL | undefined {
  switch (affected.kind) {
    case "longer-lived": {
      const kind =
        affected.of === "sessions" ? eq(tokens.kind, "session") : ne(tokens.kind, "session");
      return and(
        kind,
        sql`${LIFETIME} > ${affected.ttlMs}::bigint`,
        sql`${tokens.expiresAt} >= now()`,
      );
    }
    case "idle-longer":
      return and(
        eq(tokens.kind, "session"),
        sql`${tokens.expiresAt} >= now()`,
        sql`greatest(${tokens.createdAt}, (select last_used_at from token_uses u where u.token_id = ${tokens.id}))
          < now() - ${affected.idleMs}::bigint * interval '1 millisecond'`,
      );
    case "expired-longer":
      return sql`${tokens.expiresAt} < now() - ${affected.days}::int * interval '1 day'`;
  }
}
