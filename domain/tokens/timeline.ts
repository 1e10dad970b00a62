import { countExpiries } from "@/db/token-facets";
import type { Actor } from "../actor";
import { getSettings } from "../settings/get";
import { conditionsOf, type ListScope } from "./conditions";
import { type TokenFilter, withoutField } from "./filter";
import { readInTime } from "./in-time";
import type { ExpiryFilter } from "./time-window";

const DAY_MS = 24 * 60 * 60 * 1_000;
const TIME_LIMIT_MS = 350;
// A bar is a day, or a week where there would be too many.
const DAYS_PER_BAR = { 30: 1, 90: 1, 365: 7 } as const;

export interface ExpiryBar {
  from: Date;
  to: Date;
  count: number;
  /** The filter that selects just these. */
  expiry: ExpiryFilter;
}

/**
 * How many of the filtered tokens that work end on each of the coming days of UTC, or weeks for 365
 * days; the filter's own expiry does not count. Null when there was no time to count.
 */
export async function expiryTimeline(
  actor: Actor,
  filter: TokenFilter,
  days: 30 | 90 | 365,
  scope: ListScope = {},
): Promise<ExpiryBar[] | null> {
  const deadlineMs = performance.now() + TIME_LIMIT_MS;
  const { ttlMsMax } = await getSettings();
  const conditions = conditionsOf(actor, withoutField(filter, "expiry"), { ...scope, ttlMsMax });
  if (conditions.state === undefined) conditions.state = "live";
  const barMs = DAYS_PER_BAR[days] * DAY_MS;
  const from = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const parts = { from, partMs: barMs, count: Math.ceil((days * DAY_MS) / barMs) };
  const counts = await readInTime(deadlineMs, (tx) => countExpiries(tx, conditions, parts));
  if (!counts) return null;
  return Array.from({ length: parts.count }, (_, at) => {
    const [begin, end] = [from.getTime() + at * barMs, from.getTime() + (at + 1) * barMs];
    return {
      from: new Date(begin),
      to: new Date(end),
      count: counts.get(at) ?? 0,
      expiry: daysFilter(begin, end),
    };
  });
}

function daysFilter(fromMs: number, toMs: number): ExpiryFilter {
  const [first, last] = [fromMs, toMs - DAY_MS].map((ms) =>
    new Date(ms).toISOString().slice(0, 10),
  );
  return (first === last ? first : `${first}..${last}`) as ExpiryFilter;
}
