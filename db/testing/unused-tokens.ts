import { sql } from "drizzle-orm";
import type { Executor } from "../client";

/**
 * How many tokens of disabled people, sign-ins aside, work and were never used: by none of the
 * product's own conditions.
 */
export async function countUnusedOfDisabled(db: Executor): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count
    from tokens t join users u on u.id = t.owner_id join token_uses s on s.token_id = t.id
    where t.kind <> 'session' and not u.enabled and t.enabled and t.expires_at > now() and s.last_used_at = '-infinity'`);
  return row?.count ?? -1;
}
