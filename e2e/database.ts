import { closeDatabase, type Executor, openDatabase, query } from "@/db/client";
import { embeddedDatabaseUrl } from "@/db/embedded";

/** Which database a running Latchkey has: that of its folder, unless it was given one. */
export interface Stored {
  dataDir: string;
  databaseUrl?: string;
}

let openFor: string | undefined;

/** Runs work on the database of a running Latchkey, as its owner. */
export async function onDatabase<T>(
  { dataDir, databaseUrl }: Stored,
  work: (db: Executor) => Promise<T>,
): Promise<T> {
  const wanted = databaseUrl ?? dataDir;
  if (openFor !== wanted) {
    await disconnect();
    const url = databaseUrl ?? (await embeddedDatabaseUrl({ dataDir }));
    if (!url) throw new Error(`no database runs in ${dataDir}`);
    openDatabase({ url, poolSize: 2 });
    openFor = wanted;
  }
  return query(work);
}

/** Closes the connections, before the database they lead to goes away. */
export async function disconnect(): Promise<void> {
  openFor = undefined;
  await closeDatabase();
}
