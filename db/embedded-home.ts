import { createHash, randomBytes, randomUUID } from "node:crypto";
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { runAs, SHARED_HOME, type SystemUser } from "./embedded-binaries";

/** What is kept of the embedded database in DATA_DIR, so that each start finds it again. */
export interface HomeRecord {
  /** Set when the database cannot live in DATA_DIR itself. */
  externalDir?: string;
  /** Another one for each new database: a forgotten Postgres cannot write into its successor. */
  clusterName: string;
  password: string;
  port: number;
}

/** The folder that holds cluster and log of the embedded database of this DATA_DIR. */
export function homeDirOf(dataDir: string, record: HomeRecord): string {
  return record.externalDir ?? path.join(dataDir, "postgres");
}

/** Where Postgres keeps the database itself. */
export function clusterDirOf(dataDir: string, record: HomeRecord): string {
  return path.join(homeDirOf(dataDir, record), record.clusterName);
}

export async function readRecord(dataDir: string): Promise<HomeRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(dataDir), "utf8"));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Replaces the record in one step; only its owner can read it. */
export async function writeRecord(dataDir: string, record: HomeRecord): Promise<void> {
  const temporary = `${recordFile(dataDir)}.${randomUUID()}`;
  await writeFile(temporary, `${JSON.stringify(record)}\n`, { mode: 0o600, flush: true });
  await rename(temporary, recordFile(dataDir));
}

/** Finds the home of an earlier start, or makes one that `user` can reach and records it. */
export async function provideHome(
  dataDir: string,
  user: SystemUser | undefined,
): Promise<HomeRecord> {
  const kept = await readRecord(dataDir);
  if (kept) {
    const dir = homeDirOf(dataDir, kept);
    if (await exists(dir)) return kept;
    // Never an empty database in place of the one that was there.
    throw new Error(`the database at ${dir} is gone; to begin anew, delete ${recordFile(dataDir)}`);
  }
  const record: HomeRecord = {
    ...(await makeHome(dataDir, user)),
    clusterName: `cluster-${randomBytes(4).toString("hex")}`,
    password: randomBytes(24).toString("base64url"),
    port: 0,
  };
  await writeRecord(dataDir, record);
  return record;
}

async function makeHome(
  dataDir: string,
  user: SystemUser | undefined,
): Promise<{ externalDir?: string }> {
  const dir = path.join(dataDir, "postgres");
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if ((await readdir(dir)).length > 0) {
    throw new Error(`${recordFile(dataDir)} is missing: it has the password of ${dir}`);
  }
  if (!user) return {};
  await chown(dir, user.uid, user.gid);
  const { mode } = await stat(dataDir);
  // Others may pass through to the database's own folder, not look around.
  await chmod(dataDir, (mode & 0o777) | 0o011);
  if (await canEnter(dir, user)) return {};
  await chmod(dataDir, mode & 0o777);
  await rm(dir, { recursive: true });
  return { externalDir: await makeExternalHome(dataDir, user) };
}

async function makeExternalHome(dataDir: string, user: SystemUser): Promise<string> {
  const prefix = createHash("sha256").update(path.resolve(dataDir)).digest("hex").slice(0, 16);
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 });
  const usual = path.join(SHARED_HOME, prefix);
  // Taken: DATA_DIR was deleted. What belonged to it stays, for whoever wants it back.
  const dir = (await exists(usual)) ? `${usual}-${randomBytes(4).toString("hex")}` : usual;
  await mkdir(dir, { mode: 0o700 });
  await chown(dir, user.uid, user.gid);
  if (await canEnter(dir, user)) return dir;
  throw new Error(`user \`postgres\` can reach neither ${dataDir} nor ${dir}; set DATABASE_URL`);
}

async function canEnter(dir: string, user: SystemUser): Promise<boolean> {
  try {
    await runAs(user, "/bin/sh", ["-c", 'cd -- "$0" && test -w .', dir]);
    return true;
  } catch {
    return false;
  }
}

/** Whether something of that name is there. */
export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function recordFile(dataDir: string): string {
  return path.join(dataDir, "postgres.json");
}
