import { transaction } from "@/db/client";
import { processWide } from "@/db/process-wide";
import {
  holdSweep,
  refreshDueRisks,
  refreshOwnersRisks,
  refreshPolicyRisks,
} from "@/db/token-risk";

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 1_000;

const state = processWide("risk-sweep", () => ({
  timer: undefined as NodeJS.Timeout | undefined,
  isRunning: false,
}));

/** Starts to compute risks again that time, a person or a setting has changed, every minute. */
export function startSweepingRisks(): void {
  state.timer ??= setInterval(() => {
    if (state.isRunning) return;
    state.isRunning = true;
    // What fails is tried again a minute later.
    sweepRisks()
      .catch(() => undefined)
      .finally(() => {
        state.isRunning = false;
      });
  }, INTERVAL_MS).unref();
}

/** Computes all of them now, in short transactions, unless another process does. Returns how many. */
export async function sweepRisks(): Promise<number> {
  let refreshed = 0;
  for (const refresh of [refreshOwnersRisks, refreshPolicyRisks, refreshDueRisks]) {
    for (;;) {
      const count = await transaction(async (tx) =>
        (await holdSweep(tx)) ? refresh(tx, BATCH_SIZE) : 0,
      );
      refreshed += count;
      if (count < BATCH_SIZE) break;
    }
  }
  return refreshed;
}
