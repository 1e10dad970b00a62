import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { removeEmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded";
import { seed } from "../prove/proof";
import { disconnect } from "./database";
import { type FaultProxy, startFaultProxy } from "./fault-proxy";
import { type Latchkey, type StartOptions, startLatchkey } from "./latchkey";
import { onDatabaseOf } from "./own-database";
import { randomFrom } from "./random";

/** A database of its own, a way to it that can be made bad, and whoever uses it. */
export interface FaultPlace {
  /** Of the database, for onDatabase() and operate(). */
  dataDir: string;
  /** The address of the database itself. */
  directUrl: () => string;
  proxy: FaultProxy;
  random: () => number;
  /** Starts a Latchkey that reaches the database through the proxy, or as its environment says. */
  start: (options?: StartOptions) => Promise<Latchkey>;
  /** Starts the database again after its end. */
  startDatabase: () => Promise<void>;
  /** Ends all of it and deletes what was stored. */
  remove: () => Promise<void>;
}

export async function makeFaultPlace(): Promise<FaultPlace> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-faults-"));
  let database = await startEmbeddedDatabase({ dataDir });
  const random = randomFrom(seed());
  const proxy = await startFaultProxy(database.url, random);
  const started: Promise<Latchkey>[] = [];
  return {
    dataDir,
    directUrl: () => database.url,
    proxy,
    random,
    start: ({ environment, ...options } = {}) => {
      const starting = startLatchkey({
        ...options,
        environment: { ...onDatabaseOf(proxy.url), ...environment },
      });
      started.push(starting);
      return starting;
    },
    startDatabase: async () => {
      await disconnect();
      database = await startEmbeddedDatabase({ dataDir });
      proxy.leadTo(database.url);
    },
    remove: async () => {
      await disconnect();
      for (const outcome of await Promise.allSettled(started)) {
        if (outcome.status === "rejected") continue;
        await outcome.value.end("SIGTERM");
        await rm(outcome.value.dataDir, { recursive: true, force: true });
      }
      await proxy.close();
      await database.stop();
      await removeEmbeddedDatabase({ dataDir });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
