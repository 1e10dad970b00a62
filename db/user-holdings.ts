import { sql } from "drizzle-orm";
import type { Executor } from "./client";

/** Of each of these users: their tokens, counted up to `countMax`, and whether they have an identity. */
export async function readUserHoldings(db: Executor, ids: readonly string[], countMax: number) {
  const wanted = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = await db.execute<{ id: string; tokens: string; has_identity: boolean }>(sql`
    select u.id, exists (select 1 from identities i where i.user_id = u.id) as has_identity,
      (select count(*) from (select 1 from tokens t
        where t.owner_id = u.id and t.kind <> 'session' limit ${countMax}) counted) as tokens
    from users u where u.id in (${wanted})`);
  return rows.map((row) => ({
    userId: row.id,
    tokens: Number(row.tokens),
    hasIdentity: row.has_identity,
  }));
}
