import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { stampUses, type TokenUse } from "@/db/token-uses";

const FLUSH_INTERVAL_MS = 5_000;

const state = processWide("token-uses", () => ({
  pending: new Map<number, TokenUse>(),
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Notes a successful authentication in memory; it is stored within ten seconds, forward only. */
export function recordUse(use: TokenUse): void {
  const known = state.pending.get(use.tokenId);
  if (!known || known.usedAt <= use.usedAt) state.pending.set(use.tokenId, use);
}

/** The last use that is not stored yet, or undefined. */
export function pendingUse(tokenId: number): Date | undefined {
  return state.pending.get(tokenId)?.usedAt;
}

/** Starts writing recorded uses every five seconds. A failed write is tried again with the next. */
export function startRecordingUses(): void {
  state.timer ??= setInterval(() => {
    flushUses().catch(() => undefined);
  }, FLUSH_INTERVAL_MS).unref();
}

/** Writes what is recorded now. Throws Unavailable, and keeps the uses, when that fails. */
export async function flushUses(): Promise<void> {
  if (state.pending.size === 0) return;
  const uses = [...state.pending.values()];
  state.pending.clear();
  try {
    await query((db) => stampUses(db, uses));
  } catch (error) {
    for (const use of uses) recordUse(use);
    throw error;
  }
}
