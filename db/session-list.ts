import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokens, tokenUses, users } from "./schema";
import { startsWith } from "./token-conditions";
import type { TokenPosition } from "./token-list";

export interface SessionQuery {
  ownerId: string | undefined;
  ownerNamePrefix: string | undefined;
  /** Left out of the list. */
  exceptName: string | undefined;
  idleMs: number;
  /** Rows after this place, or before it (then still returned in list order). */
  from: { position: TokenPosition; backwards: boolean } | undefined;
  limit: number;
}

export type ListedSession = Awaited<ReturnType<typeof selectSessions>>[number];

/**
 * One page of the sign-ins that work, those that end last first. Reads `limit` rows; the caller
 * asks for one more to learn whether there is a next page.
 */
export async function listSessions(db: Executor, query: SessionQuery): Promise<ListedSession[]> {
  const rows = await selectSessions(db, query);
  return query.from?.backwards ? rows.reverse() : rows;
}

function selectSessions(db: Executor, query: SessionQuery) {
  const { ownerId, ownerNamePrefix, exceptName, from, limit } = query;
  const direction = from?.backwards ? asc : desc;
  return db
    .select({
      id: tokens.id,
      name: tokens.name,
      ownerId: tokens.ownerId,
      ownerName: users.username,
      createdAt: tokens.createdAt,
      expiresAt: sql<Date | null>`${tokens.expiresAt}`.mapWith(tokens.expiresAt),
      lastUsedAt: tokenUses.lastUsedAt,
      lastUsedAddress: tokenUses.address,
      lastUsedUserAgent: tokenUses.userAgent,
      readAt: sql<Date>`now()`.mapWith((value: string) => new Date(value)),
      /** The TokenPosition as JSON. */
      position: sql<string>`jsonb_build_array(${tokens.expiresAt}::text, ${tokens.id}::text)::text`,
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(
      and(
        // Written out, because a partial index is only used for the literal condition.
        sql`${tokens.kind} = 'session' and ${tokens.enabled} and ${users.enabled}`,
        sql`${tokens.expiresAt} >= now()`,
        sql`greatest(${tokens.createdAt}, ${tokenUses.lastUsedAt})
          >= now() - ${query.idleMs}::bigint * interval '1 millisecond'`,
        ownerId === undefined ? undefined : eq(tokens.ownerId, ownerId),
        ownerNamePrefix === undefined
          ? undefined
          : startsWith(sql`${tokens.ownerKey}`, ownerNamePrefix),
        exceptName === undefined ? undefined : ne(tokens.name, exceptName),
        from && pastPosition(from),
      ),
    )
    .orderBy(direction(tokens.expiresAt), direction(tokens.id))
    .limit(limit);
}

function pastPosition({ position, backwards }: NonNullable<SessionQuery["from"]>) {
  const operator = backwards ? sql`>` : sql`<`;
  const [expiresAt, id] = position;
  return sql`(${tokens.expiresAt}, ${tokens.id}) ${operator} (${expiresAt}::timestamptz, ${id}::bigint)`;
}
