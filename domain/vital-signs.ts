import { feedLagMs, isFeedCurrent } from "@/db/change-feed";
import { poolUse, query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { countTokens, type TokenCounts } from "@/db/token-counts";

const COUNT_INTERVAL_MS = 30_000;

const counted = processWide("token-counts", () => ({
  counts: undefined as TokenCounts | undefined,
  askedMs: Number.NEGATIVE_INFINITY,
}));

/** How this process does: its connections, whether it hears of changes, and how late. */
export function vitalSigns() {
  return { pool: poolUse(), feed: { isCurrent: isFeedCurrent(), lagMs: feedLagMs() } };
}

/**
 * How many tokens are in each state, counted at most every 30 s; undefined while that was never
 * possible. Never throws: without a database the last count stands.
 */
export async function tokenCounts(): Promise<TokenCounts | undefined> {
  const now = performance.now();
  if (now - counted.askedMs < COUNT_INTERVAL_MS) return counted.counts;
  counted.askedMs = now;
  counted.counts = await query(countTokens).catch(() => counted.counts);
  return counted.counts;
}
