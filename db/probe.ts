import { sql } from "drizzle-orm";
import type { Executor } from "./client";

/** Whether the database answers and takes writes: a standby or read-only primary does not. */
export async function canWrite(db: Executor): Promise<boolean> {
  const [row] = await db.execute<{ writable: boolean }>(
    sql`select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writable`,
  );
  return row?.writable ?? false;
}

/**
 * What openDatabase() wished of its connections and they do not have, as behind a pooler that drops
 * what it does not know.
 */
export async function findUnheeded(db: Executor, role: string | undefined): Promise<string[]> {
  const [row] = await db.execute<Record<"role" | "statement_timeout" | "latchkey.flushes", string>>(
    sql`select current_user as role, current_setting('statement_timeout') as statement_timeout,
      current_setting('latchkey.flushes', true) as "latchkey.flushes"`,
  );
  const wished = { ...(role ? { role } : {}), statement_timeout: "5s", "latchkey.flushes": "on" };
  return Object.entries(wished)
    .filter(([name, value]) => row?.[name as keyof typeof row] !== value)
    .map(([name]) => name);
}
