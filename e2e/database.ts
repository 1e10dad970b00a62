import { closeDatabase, type Executor, openDatabase, query } from "@/db/client";
import { embeddedDatabaseUrl } from "@/db/embedded";
import type { Address } from "./latchkey";

let openDataDir: string | undefined;

/** Runs work on the embedded database of a running Latchkey, as its owner. */
export async function onDatabase<T>(
  { dataDir }: Pick<Address, "dataDir">,
  work: (db: Executor) => Promise<T>,
): Promise<T> {
  if (openDataDir !== dataDir) {
    await disconnect();
    const url = await embeddedDatabaseUrl({ dataDir });
    if (!url) throw new Error(`no database runs in ${dataDir}`);
    openDatabase({ url, poolSize: 2 });
    openDataDir = dataDir;
  }
  return query(work);
}

/** Closes the connections, before the database they lead to goes away. */
export async function disconnect(): Promise<void> {
  openDataDir = undefined;
  await closeDatabase();
}
