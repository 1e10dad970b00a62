import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, openDatabase } from "@/db/client";
import { embeddedDatabaseUrl } from "@/db/embedded";
import { toDomainError } from "@/domain/errors";
import { parseDatabaseConfig } from "../config";
import { lockDataDir } from "../data-dir";
import { migrate, startOwnDatabase } from "../database";
import { StartRefused } from "../start-refused";

const POOL_SIZE = 2;
const WAIT_MS = 10_000;
const POLL_MS = 200;

/**
 * Runs an operator's command on the database of DATABASE_URL, on that of the running server, or on
 * the embedded one started for the moment. Returns the exit code; problems go to standard error.
 */
export async function runOnDatabase(work: () => Promise<number>): Promise<number> {
  try {
    const { databaseUrl, dataDir } = parseDatabaseConfig(process.env);
    const isEmbedded = databaseUrl === undefined;
    const { url, release } = isEmbedded
      ? await reachEmbedded(dataDir)
      : { url: databaseUrl, release: async () => undefined };
    try {
      const { role } = await migrate(url, { isEmbedded });
      openDatabase({ url, poolSize: POOL_SIZE, ...(role ? { role } : {}) });
      return await work();
    } finally {
      await closeDatabase();
      await release();
    }
  } catch (error) {
    return report(error);
  }
}

async function reachEmbedded(dataDir: string): Promise<{ url: string; release: () => unknown }> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const url = await embeddedDatabaseUrl({ dataDir });
    if (url) return { url, release: () => undefined };
    try {
      return await startForTheMoment(dataDir, await lockDataDir(dataDir));
    } catch (error) {
      // A server that is just starting holds the lock before its database can be reached.
      if (!(error instanceof StartRefused) || Date.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}

async function startForTheMoment(dataDir: string, unlock: () => void) {
  try {
    const { url, stop } = await startOwnDatabase(dataDir);
    const release = async () => {
      await stop();
      unlock();
    };
    return { url, release };
  } catch (error) {
    unlock();
    throw error;
  }
}

function report(error: unknown): number {
  const refusal = toDomainError(error);
  if (refusal) {
    console.error(refusal.message);
    for (const { path, message } of refusal.fields) console.error(`  ${path}: ${message}`);
  } else {
    console.error(error instanceof StartRefused ? error.message : error);
  }
  return 1;
}
