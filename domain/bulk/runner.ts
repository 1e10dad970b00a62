import { processWide } from "@/db/process-wide";
import { purgeBulk } from "./purge";
import { runSlice } from "./run";

const INTERVAL_MS = 1_000;
const PURGE_INTERVAL_MS = 60 * 60_000;

const state = processWide("bulk-runner", () => ({
  timers: [] as NodeJS.Timeout[],
  running: undefined as Promise<void> | undefined,
  isStopped: false,
  drain: undefined as (() => void) | undefined,
}));

/** Starts to carry out what is stored, by whichever process it was; and to forget what is old. */
export function startRunningBulk(): void {
  if (state.timers.length > 0) return;
  state.isStopped = false;
  state.drain = () => {
    state.running ??= drain().finally(() => {
      state.running = undefined;
    });
  };
  state.timers.push(
    setInterval(state.drain, INTERVAL_MS).unref(),
    // What fails is tried again an hour later.
    setInterval(() => purgeBulk().catch(() => undefined), PURGE_INTERVAL_MS).unref(),
  );
}

/** Ends it after the batch at hand; another process, or this one when it is back, goes on. */
export async function stopRunningBulk(): Promise<void> {
  state.isStopped = true;
  for (const timer of state.timers.splice(0)) clearInterval(timer);
  await state.running;
}

/** Looks for work now, where this process does any. */
export function wakeRunner(): void {
  state.drain?.();
}

// What fails is tried again a second later.
async function drain(): Promise<void> {
  const isStopped = () => state.isStopped;
  try {
    while (!isStopped() && (await runSlice({ isStopped })));
  } catch {}
}
