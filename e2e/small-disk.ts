import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { chmod, mkdtemp, open, rm, rmdir, statfs, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { clusterDirOf, readRecord } from "@/db/embedded-home";
import type { FaultPlace } from "./fault-place";
import { endDatabase } from "./postgres";

/** A disk of its own for a part of a database, small enough to be filled. */
export interface SmallDisk {
  dir: string;
  /** Takes every byte that is left, also what was given back since the last time. */
  fill: () => Promise<void>;
  /** Gives back what fill() took. */
  free: () => Promise<void>;
  remove: () => Promise<void>;
}

interface Room {
  dir: string;
  remove: () => Promise<void>;
}

const MB = 2 ** 20;
const SIZE_MB = 128;
// What a container gets to see of its devices, of which nobody else needs the room.
const READY_MADE = "/dev";
const READY_MADE_MB = { min: 48, max: 256 };
const CHUNKS = [MB, 4_096, 1];

const execute = promisify(execFile);

/** Makes it in the first way that this machine allows; throws when there is none. */
export async function makeSmallDisk(): Promise<SmallDisk> {
  const refusals: unknown[] = [];
  for (const make of [mountRoom, mountPrivateRoom, findRoom]) {
    try {
      return diskIn(await make());
    } catch (error) {
      refusals.push(error);
    }
  }
  throw new AggregateError(refusals, `no small disk: ${refusals.join("; ")}`);
}

/** Puts a folder of a stopped database on that disk, as its operator would, and starts it again. */
export async function moveToDisk(
  place: FaultPlace,
  { folder, disk }: { folder: "base" | "pg_wal"; disk: SmallDisk },
): Promise<void> {
  await endDatabase(place, "SIGINT");
  const record = await readRecord(place.dataDir);
  if (!record) throw new Error(`no database in ${place.dataDir}`);
  const from = path.join(clusterDirOf(place.dataDir, record), folder);
  const to = path.join(disk.dir, folder);
  await execute("cp", ["-a", from, to]);
  await rm(from, { recursive: true });
  await symlink(to, from);
  await place.startDatabase();
}

function diskIn({ dir, remove }: Room): SmallDisk {
  const filler = path.join(dir, "filler");
  return {
    dir,
    remove,
    fill: async () => {
      const file = await open(filler, "a");
      try {
        for (const bytes of CHUNKS) await fillWith(file, Buffer.alloc(bytes));
      } finally {
        await file.close();
      }
    },
    free: () => rm(filler, { force: true }),
  };
}

async function fillWith(file: Awaited<ReturnType<typeof open>>, chunk: Buffer): Promise<void> {
  try {
    for (;;) await file.write(chunk);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

async function mountRoom(): Promise<Room> {
  const dir = mkdtempSync(path.join(tmpdir(), "latchkey-disk-"));
  try {
    await execute("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m,mode=755`, "tmpfs", dir]);
  } catch (error) {
    await rmdir(dir);
    throw error;
  }
  return {
    dir,
    remove: async () => {
      await execute("umount", [dir]);
      await rmdir(dir);
    },
  };
}

/** Whoever is not root may mount in a world of their own, and look into it from here. */
async function mountPrivateRoom(): Promise<Room> {
  if (process.getuid?.() === 0) throw new Error("root's world is not open to the database's user");
  const script = `mount -t tmpfs -o size=${SIZE_MB}m tmpfs /mnt && echo mounted && exec cat`;
  const holder = spawn("unshare", ["-Urm", "sh", "-c", script], { stdio: "pipe" });
  const ended = once(holder, "exit");
  const isMounted = once(holder.stdout, "data").then(() => true);
  if (!(await Promise.race([isMounted, ended.then(() => false)]))) {
    throw new Error("unshare is forbidden");
  }
  return {
    dir: `/proc/${holder.pid}/root/mnt`,
    remove: async () => {
      holder.stdin.end();
      await ended;
    },
  };
}

async function findRoom(): Promise<Room> {
  const { blocks, bavail, bsize } = await statfs(READY_MADE);
  const [sizeMb, freeMb] = [(blocks * bsize) / MB, (bavail * bsize) / MB];
  if (sizeMb > READY_MADE_MB.max || freeMb < READY_MADE_MB.min) {
    throw new Error(`${READY_MADE} has ${Math.round(freeMb)} of ${Math.round(sizeMb)} MB free`);
  }
  const dir = await mkdtemp(path.join(READY_MADE, "latchkey-disk-"));
  await chmod(dir, 0o755);
  return { dir, remove: () => rm(dir, { recursive: true }) };
}
