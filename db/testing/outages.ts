import { sql } from "drizzle-orm";
import postgres from "postgres";
import type { Executor } from "../client";

/** The whole server takes writes no more, or again, as a provider does when a disk is nearly full. */
export async function setReadOnly(db: Executor, isOn: boolean): Promise<void> {
  const value = sql.raw(isOn ? "on" : "off");
  await db.execute(sql`alter system set default_transaction_read_only = ${value}`);
  await db.execute(sql`select pg_reload_conf()`);
}

/** Ends every connection of a running Latchkey; gives how many there were. */
export async function terminateBackends(db: Executor): Promise<number> {
  const rows = await db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name in ('latchkey', 'latchkey feed') and pid <> pg_backend_pid()`);
  return rows.length;
}

/** One process of the server that serves a running Latchkey. */
export async function findBackend(db: Executor): Promise<number> {
  const [row] = await db.execute<{ pid: number }>(sql`
    select pid from pg_stat_activity
    where application_name = 'latchkey' and pid <> pg_backend_pid() limit 1`);
  if (!row) throw new Error("Latchkey is not connected");
  return row.pid;
}

/** Takes every connection that the server has left; gives what lets go of them. */
export async function takeAllConnections(url: string): Promise<() => Promise<void>> {
  const taken: postgres.Sql[] = [];
  for (;;) {
    const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
    try {
      await client`select 1`;
      taken.push(client);
    } catch (error) {
      await client.end({ timeout: 0 });
      if (error instanceof postgres.PostgresError && error.code === "53300") break;
      throw error;
    }
  }
  return async () => {
    await Promise.all(taken.map((client) => client.end({ timeout: 1 })));
  };
}

/** Reads the tokens in a transaction that stays open, as a backup does; gives what ends it. */
export async function readTokensForLong(url: string): Promise<() => Promise<void>> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  const connection = await client.reserve();
  await connection`begin`;
  await connection`select from tokens limit 1`;
  return async () => {
    await connection`rollback`;
    connection.release();
    await client.end({ timeout: 1 });
  };
}

/** Locks the tokens against everybody, as a migration by hand does; gives what unlocks them. */
export async function lockTokens(url: string): Promise<() => Promise<void>> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  const connection = await client.reserve();
  await connection`begin`;
  await connection`lock table tokens in access exclusive mode`;
  return async () => {
    await connection`rollback`;
    connection.release();
    await client.end({ timeout: 1 });
  };
}

/** Has the application read each token for so long, as from a disk that is slow. */
export async function slowDownTokens(db: Executor, ms: number): Promise<void> {
  await db.execute(sql`alter table tokens enable row level security`);
  await db.execute(sql`drop policy if exists slowly on tokens`);
  await db.execute(sql`
    create policy slowly on tokens using (pg_sleep(${sql.raw(String(ms / 1_000))}) is not null)`);
}

/** Asks for more room than a small disk has, which says why when there is none. */
export async function askForRoom(db: Executor): Promise<void> {
  await db.execute(sql`
    create temporary table room as select repeat('x', 1000) from generate_series(1, 1000000)`);
}

/** Has the server go on to its next file of the log, and the next, until there is no room for one. */
export async function useUpLog(db: Executor): Promise<void> {
  for (;;) {
    await db.execute(sql`
      select pg_logical_emit_message(false, 'latchkey', ''), pg_switch_wal()`);
  }
}
