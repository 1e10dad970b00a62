import { chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { findSystemUser, provideBinaries, runAs, type SystemUser } from "./embedded-binaries";
import {
  clusterDirOf,
  exists,
  type HomeRecord,
  homeDirOf,
  provideHome,
  readRecord,
  writeRecord,
} from "./embedded-home";
import { findPostmaster, forgetPostmaster } from "./embedded-postmaster";

export interface EmbeddedDatabase {
  url: string;
  /** Ends every connection and shuts down cleanly within about six seconds. */
  stop: () => Promise<void>;
}

interface Cluster {
  binDir: string;
  user: SystemUser | undefined;
  homeDir: string;
  clusterDir: string;
  logFile: string;
}

const SUPERUSER = "latchkey";
const DATABASE = "latchkey";
const LOG_BYTES_MAX = 10_000_000;
const START_ATTEMPTS = 4;

// Given at each start, so that a cluster made by an older version runs with them too. Statements,
// parameters and the DETAIL of errors stay out of the log: they carry hashes.
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "timezone=UTC",
  "log_timezone=UTC",
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
  "log_checkpoints=off",
  "jit=off",
  "random_page_cost=1.1",
];

// An eighth of the memory, of which only what is used is taken: an inventory of a million tokens is
// read from it several times faster than through the system's own cache.
function memorySettings(): string[] {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const memoryMb = Math.min(totalmem(), limit) / 2 ** 20;
  const buffersMb = Math.round(Math.min(Math.max(memoryMb / 8, 128), 2_048));
  return [`shared_buffers=${buffersMb}MB`, `effective_cache_size=${Math.round(memoryMb / 2)}MB`];
}

/**
 * Starts the Postgres of this DATA_DIR on a loopback port and makes the database at the first
 * start. The caller holds the lock of DATA_DIR: what an earlier process left running is stopped.
 */
export async function startEmbeddedDatabase(options: {
  dataDir: string;
}): Promise<EmbeddedDatabase> {
  const dataDir = path.resolve(options.dataDir);
  const user = await findSystemUser();
  const binDir = await provideBinaries(user);
  const record = await provideHome(dataDir, user);
  const homeDir = homeDirOf(dataDir, record);
  const cluster: Cluster = {
    binDir,
    user,
    homeDir,
    clusterDir: clusterDirOf(dataDir, record),
    logFile: path.join(homeDir, "postgres.log"),
  };
  if (!(await exists(cluster.clusterDir))) await initialise(cluster, record.password);
  await stop(cluster);
  const port = await launch(cluster, record.port);
  if (port !== record.port) await writeRecord(dataDir, { ...record, port });
  await createDatabase({ ...record, port });
  return { url: urlOf({ ...record, port }, DATABASE), stop: () => stop(cluster) };
}

/** The address of the embedded database of this DATA_DIR while it runs, else undefined. */
export async function embeddedDatabaseUrl(options: {
  dataDir: string;
}): Promise<string | undefined> {
  const dataDir = path.resolve(options.dataDir);
  const record = await readRecord(dataDir);
  if (!record) return undefined;
  const postmaster = await findPostmaster(clusterDirOf(dataDir, record));
  if (!postmaster?.isReady) return undefined;
  return urlOf({ ...record, port: postmaster.port }, DATABASE);
}

/** Deletes a stopped embedded database, wherever it lives. */
export async function removeEmbeddedDatabase(options: { dataDir: string }): Promise<void> {
  const dataDir = path.resolve(options.dataDir);
  const record = await readRecord(dataDir);
  if (record) await rm(homeDirOf(dataDir, record), { recursive: true, force: true });
}

// Built aside and renamed: a cluster that is there is a whole one.
async function initialise(cluster: Cluster, password: string): Promise<void> {
  const temporaryDir = path.join(cluster.homeDir, "cluster.new");
  const passwordFile = path.join(cluster.homeDir, "password");
  await rm(temporaryDir, { recursive: true, force: true });
  await mkdir(temporaryDir, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (cluster.user) {
    await chown(temporaryDir, cluster.user.uid, cluster.user.gid);
    await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  }
  try {
    await runAs(cluster.user, path.join(cluster.binDir, "initdb"), [
      `--pgdata=${temporaryDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      // The one locale that every machine has; the builtin provider does the Unicode work.
      "--locale=C",
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(temporaryDir, cluster.clusterDir);
}

async function launch(cluster: Cluster, preferredPort: number): Promise<number> {
  await trimLog(cluster.logFile);
  let failure: unknown;
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    // The port may be taken between the look and the start, so the look is repeated.
    const port = await findFreePort(attempt < 2 ? preferredPort : 0);
    // Some systems promise nobody so much memory.
    const settings = attempt < 2 ? [...SETTINGS, ...memorySettings()] : SETTINGS;
    try {
      await runAs(cluster.user, path.join(cluster.binDir, "pg_ctl"), [
        "start",
        "--wait",
        "--timeout=120",
        `--pgdata=${cluster.clusterDir}`,
        `--log=${cluster.logFile}`,
        `--options=${[`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(" ")}`,
      ]);
      return port;
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  throw new Error(`the embedded Postgres did not start: ${await lastWords(cluster)}`, {
    cause: failure,
  });
}

async function stop(cluster: Cluster): Promise<void> {
  if (!(await findPostmaster(cluster.clusterDir))) {
    return forgetPostmaster(cluster.clusterDir);
  }
  const pgCtl = path.join(cluster.binDir, "pg_ctl");
  const args = ["stop", "--wait", `--pgdata=${cluster.clusterDir}`];
  await runAs(cluster.user, pgCtl, [...args, "--mode=fast", "--timeout=4"]).catch(async (error) => {
    if (!(await findPostmaster(cluster.clusterDir))) return;
    await runAs(cluster.user, pgCtl, [...args, "--mode=immediate", "--timeout=2"]).catch(() => {
      throw error;
    });
  });
}

async function createDatabase(record: HomeRecord): Promise<void> {
  const client = postgres(urlOf(record, "postgres"), { max: 1, onnotice: () => undefined });
  try {
    const [found] = await client`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await client`create database ${client(DATABASE)}`;
  } finally {
    await client.end({ timeout: 1 });
  }
}

function findFreePort(preferredPort: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (preferredPort === 0) reject(error);
      else resolve(findFreePort(0));
    });
    probe.listen({ host: "127.0.0.1", port: preferredPort, exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function trimLog(logFile: string): Promise<void> {
  if (!(await exists(logFile))) return;
  const { size } = await stat(logFile);
  if (size > LOG_BYTES_MAX) await rename(logFile, `${logFile}.1`);
}

async function lastWords(cluster: Cluster): Promise<string> {
  const log = await readFile(cluster.logFile, "utf8").catch(() => "");
  const fatal = log.split("\n").findLast((line) => / (FATAL|PANIC): /.test(line));
  return fatal ?? `see ${cluster.logFile}`;
}

function urlOf(record: HomeRecord, database: string): string {
  return `postgres://${SUPERUSER}:${record.password}@127.0.0.1:${record.port}/${database}`;
}
