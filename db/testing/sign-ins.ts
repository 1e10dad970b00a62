import { sql } from "drizzle-orm";
import type { Executor } from "../client";

/** Moves a user's sign-ins, and what was proved in them, so much into the past. */
export async function ageSignIns(db: Executor, userId: string, ageMs: number): Promise<void> {
  const age = sql`${ageMs}::bigint * interval '1 millisecond'`;
  const theirs = sql`select id from tokens where owner_id = ${userId} and kind = 'session'`;
  await db.execute(sql`
    update session_proofs set proved_at = proved_at - ${age} where token_id in (${theirs})`);
  await db.execute(sql`
    update tokens set created_at = created_at - ${age}, expires_at = expires_at - ${age}
    where id in (${theirs})`);
}
