import { and, eq, ne, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokens, tokenUses } from "./schema";

export interface TokenInUse {
  name: string;
  description: string;
  lastUsedAt: Date | null;
}

/** What works of a user's: tokens, those used since, sign-ins. Counts stop at `countMax`. */
export async function readUserImpact(
  db: Executor,
  ownerId: string,
  { sinceMs, idleMs, countMax }: { sinceMs: number; idleMs: number; countMax: number },
) {
  const ago = (ms: number) => sql`now() - ${ms}::bigint * interval '1 millisecond'`;
  const [row] = await db.execute<{ tokens: string; in_use: string; sessions: string }>(sql`
    select count(*) filter (where kind <> 'session') as tokens,
      count(*) filter (where kind <> 'session' and used) as in_use,
      count(*) filter (where kind = 'session') as sessions
    from (
      select t.kind, u.last_used_at >= ${ago(sinceMs)} as used
      from tokens t join token_uses u on u.token_id = t.id
      where t.owner_id = ${ownerId} and t.enabled and t.expires_at >= now()
        and (t.kind <> 'session' or greatest(u.last_used_at, t.created_at) >= ${ago(idleMs)})
      limit ${countMax}
    ) working`);
  return {
    tokens: Number(row?.tokens ?? 0),
    tokensInUse: Number(row?.in_use ?? 0),
    sessions: Number(row?.sessions ?? 0),
  };
}

/** The working tokens of a user that were used last, the latest first. */
export function listLastUsed(db: Executor, ownerId: string, limit: number): Promise<TokenInUse[]> {
  return db
    .select({
      name: tokens.name,
      description: tokens.description,
      lastUsedAt: tokenUses.lastUsedAt,
    })
    .from(tokens)
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(
      and(
        eq(tokens.ownerId, ownerId),
        ne(tokens.kind, "session"),
        eq(tokens.enabled, true),
        sql`${tokens.expiresAt} >= now() and ${tokenUses.lastUsedAt} > '-infinity'`,
      ),
    )
    .orderBy(sql`${tokenUses.lastUsedAt} desc`)
    .limit(limit);
}
