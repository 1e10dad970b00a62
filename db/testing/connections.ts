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

/** The names of the connections that wait for a synchronous standby. */
export async function findWaitsForStandby(db: Executor): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(
    sql`select application_name as name from pg_stat_activity where wait_event = 'SyncRep'`,
  );
  return rows.map(({ name }) => name);
}
