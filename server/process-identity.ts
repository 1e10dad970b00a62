import { readFileSync } from "node:fs";

/** A process that a re-used pid is not mistaken for. */
export interface ProcessIdentity {
  pid: number;
  /** In clock ticks since boot, where the system tells. */
  startedAtTicks?: string;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, ...startOf(process.pid) };
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = startOf(identity.pid);
  if (now?.isZombie) return false;
  if (now === undefined || identity.startedAtTicks === undefined) return true;
  return now.startedAtTicks === identity.startedAtTicks;
}

function startOf(pid: number): { startedAtTicks: string; isZombie: boolean } | undefined {
  try {
    // The second field is the command in parentheses and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1)?.trim().split(" ");
    const startedAtTicks = fields?.[19];
    return startedAtTicks ? { startedAtTicks, isZombie: fields[0] === "Z" } : undefined;
  } catch {
    return undefined;
  }
}
