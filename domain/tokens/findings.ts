import { type Count, countMatching } from "@/db/token-facets";
import type { Actor } from "../actor";
import { getSettings } from "../settings/get";
import { conditionsOf, type ListScope } from "./conditions";
import { COUNT_MAX } from "./facets";
import type { TokenFilter } from "./filter";
import { readInTime } from "./in-time";
import { visibleOwner } from "./policy";
import { type ExpiryBar, expiryTimeline } from "./timeline";

// They are asked for last, and by themselves.
const TIME_LIMIT_MS = 1_000;
// So many on one day, and so many times more than on the others, that somebody should look.
const CLIFF = { countMin: 5, timesMedian: 3 };

export interface Finding {
  id: string;
  /** What they have in common, after "1 token" or "14 tokens": "of disabled people". */
  title: string;
  severity: "high" | "medium" | "low";
  /** Null when it was not counted in time, which is not none. */
  count: Count | null;
  /** Selects just these tokens. */
  filter: TokenFilter;
}

type Rule = Omit<Finding, "count" | "filter"> & {
  filter: Partial<TokenFilter>;
  /** Says nothing of one's own tokens. */
  adminsOnly?: boolean;
};

const RULES: readonly Rule[] = [
  {
    id: "owner-disabled",
    title: "of disabled people, working again once their owner is enabled",
    severity: "high",
    filter: { ownerState: "disabled", state: "live" },
    adminsOnly: true,
  },
  {
    id: "admin-no-expiry",
    title: "of administrators without an expiry",
    severity: "high",
    filter: { ownerRole: "admin", expiry: "never", state: "live" },
    adminsOnly: true,
  },
  {
    id: "no-expiry",
    title: "without an expiry",
    severity: "medium",
    filter: { expiry: "never", state: "live" },
  },
  {
    id: "over-max",
    title: "with a longer life than the present maximum",
    severity: "medium",
    filter: { lifetime: "over-max", state: "live" },
  },
  {
    id: "unused",
    title: "not used for 90 days",
    severity: "medium",
    filter: { lastUse: "not-90d", state: "live" },
  },
  {
    id: "never-used",
    title: "never used, and older than 30 days",
    severity: "medium",
    filter: { lastUse: "never", created: ">30d", state: "live" },
  },
  {
    id: "expires-soon",
    title: "ending within 7 days",
    severity: "low",
    filter: { state: "expires-soon" },
  },
];

/**
 * What stands out among the tokens that the actor may see, the most serious first; also what could
 * not be counted in time.
 */
export async function tokenFindings(actor: Actor, scope: ListScope = {}): Promise<Finding[]> {
  const deadlineMs = performance.now() + TIME_LIMIT_MS;
  const { ttlMsMax } = await getSettings();
  const isOwn = scope.ownOnly || visibleOwner(actor) !== undefined;
  const findings: Finding[] = [];
  const cliff = findCliff(actor, scope);
  for (const { adminsOnly, filter: part, ...rule } of RULES) {
    if (adminsOnly && isOwn) continue;
    const filter: TokenFilter = { ...part, sort: "risk", descending: true };
    const conditions = conditionsOf(actor, filter, { ...scope, ttlMsMax });
    const count = await readInTime(deadlineMs, (tx) => countMatching(tx, conditions, COUNT_MAX));
    if (count?.count !== 0) findings.push({ ...rule, count: count ?? null, filter });
  }
  const found = await cliff;
  return (found ? [...findings, found] : findings).toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

const SEVERITIES = ["high", "medium", "low"] as const;

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "numeric", month: "short", year: "numeric" },
  timeZone: "UTC",
});

async function findCliff(actor: Actor, scope: ListScope): Promise<Finding | undefined> {
  const order = { sort: "expires", descending: false } as const;
  const bars = await expiryTimeline(actor, order, 90, scope);
  const rule = { id: "cliff", severity: "medium" } as const;
  const filter: TokenFilter = { state: "live", ...order };
  if (!bars) return { ...rule, title: "ending on the same day", count: null, filter };
  const highest = bars.reduce((a, b) => (b.count > a.count ? b : a));
  if (!isCliff(highest, bars)) return undefined;
  return {
    ...rule,
    title: `ending on the same day, ${dayFormat.format(highest.from)}`,
    count: { count: highest.count, isMore: false },
    filter: { ...filter, expiry: highest.expiry },
  };
}

function isCliff(highest: ExpiryBar, bars: readonly ExpiryBar[]): boolean {
  const sorted = bars.map((bar) => bar.count).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return highest.count >= CLIFF.countMin && highest.count >= median * CLIFF.timesMedian;
}
