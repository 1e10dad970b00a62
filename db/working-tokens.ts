import { and, eq, inArray, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { type Role, tokens, tokenUses, users } from "./schema";

/** What is known of a token that works. */
export interface WorkingToken {
  role: Role;
  /** By the database's clock; Infinity for one without an end. */
  endsInMs: number;
}

/** Which of these tokens work now, in one statement, with the role of each one's owner. */
export async function findWorkingTokens(
  db: Executor,
  names: readonly string[],
  sessionIdleMs: number,
): Promise<Map<string, WorkingToken>> {
  const rows = await db
    .select({
      name: tokens.name,
      role: users.role,
      endsInMs: sql`(extract(epoch from ${tokens.expiresAt})::float8
        - extract(epoch from now())::float8) * 1000`.mapWith(Number),
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(
      and(
        inArray(tokens.name, [...names]),
        eq(tokens.enabled, true),
        eq(users.enabled, true),
        sql`${tokens.expiresAt} >= now()`,
        sql`(${tokens.kind} <> 'session' or greatest(${tokens.createdAt}, ${tokenUses.lastUsedAt})
          >= now() - ${sessionIdleMs}::bigint * interval '1 millisecond')`,
      ),
    );
  return new Map(rows.map(({ name, ...working }) => [name, working]));
}
