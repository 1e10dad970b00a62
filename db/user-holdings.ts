import { inArray, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { users } from "./schema";

/** Of each of these users: their tokens, counted up to `countMax`, and whether they have an identity. */
export async function readUserHoldings(db: Executor, ids: readonly string[], countMax: number) {
  return db
    .select({
      userId: users.id,
      tokens: sql`(select count(*) from (select 1 from tokens t
        where t.owner_id = ${users.id} and t.kind <> 'session' limit ${countMax}) counted)`.mapWith(
        Number,
      ),
      hasIdentity: sql<boolean>`exists (select 1 from identities i where i.user_id = ${users.id})`,
    })
    .from(users)
    .where(inArray(users.id, [...ids]));
}
