import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

export interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

/** The Postgres that runs on this cluster, or undefined. Not fooled by a pid that was re-used. */
export async function findPostmaster(clusterDir: string): Promise<Postmaster | undefined> {
  const lines = await readPidFile(clusterDir);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined;
  const command = await commandOf(pid);
  if (!command?.includes(clusterDir)) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

/** Removes the pid file of a Postgres that is gone. */
export async function forgetPostmaster(clusterDir: string): Promise<void> {
  await rm(pidFile(clusterDir), { force: true });
}

async function readPidFile(clusterDir: string): Promise<string[] | undefined> {
  try {
    return (await readFile(pidFile(clusterDir), "utf8")).split("\n");
  } catch {
    return undefined;
  }
}

async function commandOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === "linux") return await readFile(`/proc/${pid}/cmdline`, "utf8");
    const ps = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]);
    return ps.stdout;
  } catch {
    return undefined;
  }
}

function pidFile(clusterDir: string): string {
  return path.join(clusterDir, "postmaster.pid");
}
