import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { removeEmbeddedDatabase, startEmbeddedDatabase } from "../embedded";

/** A server on which tests make their databases, and what ends it. */
export interface TestServer {
  url: string;
  stop: () => Promise<void>;
}

/** An embedded server in a folder of its own. Nothing on it has to survive a crash of the machine. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "latchkey-test-"));
  const embedded = await startEmbeddedDatabase({ dataDir });
  await onServer(embedded.url, async (sql) => {
    await sql`alter system set fsync = off`;
    await sql`alter system set synchronous_commit = off`;
    await sql`alter system set full_page_writes = off`;
    await sql`alter system set max_wal_size = '4GB'`;
    await sql`select pg_reload_conf()`;
  });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await removeEmbeddedDatabase({ dataDir });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs SQL on a server over a connection of its own. */
export async function onServer(
  url: string,
  work: (sql: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
