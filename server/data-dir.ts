import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, ownIdentity, type ProcessIdentity } from "./process-identity";
import { StartRefused } from "./start-refused";

const TAKEOVER_POLL_MS = 20;

/**
 * Creates the data directory and takes it for this process; gives the function that lets it go.
 * Throws StartRefused while another process has it; one that was killed does not count.
 */
export async function lockDataDir(dataDir: string): Promise<() => void> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lockFile = path.join(dataDir, "lock");
    const holder = await acquire(lockFile);
    if (holder) throw new StartRefused(`${dataDir} is already in use by process ${holder.pid}`);
    return () => rmSync(lockFile, { force: true });
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`DATA_DIR ${dataDir} cannot be used: ${reason}`);
  }
}

// A lock file is only ever replaced by who holds the lock on replacing it, so two starters cannot
// both recover a stale one, and neither can remove the fresh lock of the other.
async function acquire(lockFile: string): Promise<ProcessIdentity | undefined> {
  for (;;) {
    if (create(lockFile)) return undefined;
    const holder = read(lockFile);
    if (holder && isRunning(holder)) return holder;
    const recoverer = await acquire(`${lockFile}.takeover`);
    if (recoverer) {
      await sleep(TAKEOVER_POLL_MS);
      continue;
    }
    try {
      const current = read(lockFile);
      if (current && isRunning(current)) return current;
      rmSync(lockFile, { force: true });
      if (create(lockFile)) return undefined;
    } finally {
      rmSync(`${lockFile}.takeover`, { force: true });
    }
  }
}

// A link appears with its content, so nobody reads a lock that is half written.
function create(lockFile: string): boolean {
  const temporary = `${lockFile}.${randomUUID()}`;
  writeFileSync(temporary, JSON.stringify(ownIdentity()), { mode: 0o600, flag: "wx" });
  try {
    linkSync(temporary, lockFile);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function read(lockFile: string): ProcessIdentity | undefined {
  try {
    const identity: unknown = JSON.parse(readFileSync(lockFile, "utf8"));
    return isIdentity(identity) ? identity : undefined;
  } catch {
    return undefined;
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return typeof value === "object" && value !== null && "pid" in value && Number(value.pid) > 0;
}
