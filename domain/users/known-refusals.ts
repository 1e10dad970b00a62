import { LRUCache } from "lru-cache";
import { processWide } from "@/db/process-wide";

// As long as another process may take to hear that a lock was lifted.
const REMEMBERED_MS = 1_000;
const COUNT_MAX = 10_000;

const endings = processWide(
  "known-refusals",
  () => new LRUCache<string, number>({ max: COUNT_MAX, ttl: REMEMBERED_MS }),
);

/** Remembers for a second that a limit is reached, so that guesses beyond it cost no write. */
export function rememberRefusal(key: string, remainingMs: number): void {
  if (remainingMs <= 0) return;
  const ttl = Math.min(remainingMs, REMEMBERED_MS);
  endings.set(key, Date.now() + remainingMs, { ttl });
}

/** For how long the limits under these keys still refuse; 0 when none is known to. */
export function knownRefusalMs(keys: readonly string[]): number {
  return Math.max(0, ...keys.map((key) => (endings.get(key) ?? 0) - Date.now()));
}

/** After a lock was lifted. */
export function forgetRefusals(): void {
  endings.clear();
}
