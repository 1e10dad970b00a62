import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { clusterDirOf, readRecord } from "@/db/embedded-home";
import { findPostmaster } from "@/db/embedded-postmaster";
import type { Address } from "./latchkey";

type Place = Pick<Address, "dataDir">;

const POLL_MS = 20;

/** Stops every process of the embedded database, which then answers nothing; gives what wakes it. */
export async function freezeDatabase({ dataDir }: Place): Promise<() => void> {
  const pids = await findProcesses(dataDir);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of pids) process.kill(pid, "SIGCONT");
  };
}

/**
 * Ends the embedded database: SIGINT in good order, SIGQUIT as a crash that it knows of, SIGKILL as
 * one that it does not.
 */
export async function endDatabase({ dataDir }: Place, signal: NodeJS.Signals): Promise<void> {
  const record = await readRecord(dataDir);
  if (!record) throw new Error(`no database in ${dataDir}`);
  await endPostmaster(clusterDirOf(dataDir, record), signal);
}

/** The same for any server, by the folder of its data. */
export async function endPostmaster(clusterDir: string, signal: NodeJS.Signals): Promise<void> {
  const postmaster = await findPostmaster(clusterDir);
  if (!postmaster) throw new Error(`no database runs in ${clusterDir}`);
  process.kill(postmaster.pid, signal);
  while (await findPostmaster(clusterDir)) await sleep(POLL_MS);
}

/** Whether the embedded database runs, or recovers. */
export async function isRunning({ dataDir }: Place): Promise<boolean> {
  return (await findPid(dataDir)) !== undefined;
}

async function findPid(dataDir: string): Promise<number | undefined> {
  const record = await readRecord(dataDir);
  return record && (await findPostmaster(clusterDirOf(dataDir, record)))?.pid;
}

async function findProcesses(dataDir: string): Promise<number[]> {
  const postmaster = await findPid(dataDir);
  if (!postmaster) throw new Error(`no database runs in ${dataDir}`);
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const children = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === postmaster)
    .map(([pid = 0]) => pid);
  return [postmaster, ...children];
}
