import { sql } from "drizzle-orm";
import type { Executor } from "../client";

/** How many connections Latchkey's processes hold, whatever they do. */
export async function countConnections(db: Executor): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and application_name like 'latchkey%'`);
  return row?.count ?? 0;
}

/** How many connections wait for a synchronous standby. */
export async function countWaitsForStandby(db: Executor): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity where wait_event = 'SyncRep'`,
  );
  return row?.count ?? 0;
}
