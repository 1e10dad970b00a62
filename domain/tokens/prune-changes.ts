import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { pruneChanges } from "@/db/token-changes";

const HOUR_MS = 3_600_000;
/** How long, and how many of them, watches can be resumed. */
const KEPT = { ageMsMax: 24 * HOUR_MS, countMax: 100_000 };
const INTERVAL_MS = 60_000;
const BATCH_SIZE = 2_000;

const state = processWide("change-pruning", () => ({
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Starts forgetting old changes in the background, a bounded part each minute. */
export function startPruningChanges(): void {
  state.timer ??= setInterval(() => {
    // What fails is tried again a minute later.
    forgetChanges().catch(() => undefined);
  }, INTERVAL_MS).unref();
}

/** Forgets changes that are too old or too many, in short statements. Returns how many. */
export async function forgetChanges(kept = KEPT): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const count = await query((db) => pruneChanges(db, { ...kept, limit: BATCH_SIZE }));
    forgotten += count;
    if (count < BATCH_SIZE) return forgotten;
  }
}
