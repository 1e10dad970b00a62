import { sql } from "drizzle-orm";
import type { Executor } from "./client";

/** Whether the database answers and takes writes: a standby or read-only primary does not. */
export async function canWrite(db: Executor): Promise<boolean> {
  const [row] = await db.execute<{ writable: boolean }>(
    sql`select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writable`,
  );
  return row?.writable ?? false;
}
