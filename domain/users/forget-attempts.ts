import { query } from "@/db/client";
import { forgetPlaces } from "@/db/known-places";
import { processWide } from "@/db/process-wide";
import { forgetEndedAttempts } from "@/db/sign-in-failures";

const INTERVAL_MS = 60_000;
const PLACE_KEPT_DAYS = 90;
const BATCH_SIZE = 5_000;

const state = processWide("attempt-pruning", () => ({
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Starts forgetting counts whose time is over and places long unused, each minute. */
export function startForgettingAttempts(): void {
  state.timer ??= setInterval(() => {
    // What fails is tried again a minute later.
    forgetAttempts().catch(() => undefined);
  }, INTERVAL_MS).unref();
}

/** Forgets them now, in short statements. */
export async function forgetAttempts(): Promise<void> {
  await query((db) => forgetPlaces(db, PLACE_KEPT_DAYS));
  for (;;) {
    const count = await query((db) => forgetEndedAttempts(db, BATCH_SIZE));
    if (count < BATCH_SIZE) return;
  }
}
