/** A point in time, or so much from the present of the database. */
type Bound = { at: Date } | { fromNowMs: number };

/** The times from the first bound on and before the second; an absent one does not restrict. */
export interface TimeRange {
  from?: Bound;
  before?: Bound;
}

type Span = `${number}${"h" | "d"}`;

/** When a token ends: `7d` within 7 days, `>30d` later than that, a day, `<day`, `>day`, `day..day`. */
export type ExpiryFilter = "never" | Span | `>${string}` | DayFilter;
/** When it was made: `7d` in the last 7 days, `>30d` longer ago, or days. */
export type CreatedFilter = Span | `>${string}` | DayFilter;
/** When it was last used: `7d` in the last 7 days, `not-90d` existed and was not used since, or days. */
export type LastUseFilter = "never" | Span | `not-${Span}` | DayFilter;
/** A day of UTC, before or after one, or the days from one to another, both included. */
type DayFilter = `${number}-${number}-${number}` | `<${string}` | `>${string}`;

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
const SPAN_DAYS_MAX = 36_500;

/** The canonical form of an expiry filter, or undefined where the text is none. */
export function readExpiryFilter(text: string): ExpiryFilter | undefined {
  const plain = text.toLowerCase();
  if (plain === "never") return "never";
  const span = readSpan(plain.replace(/^<(?=\d+[hd]$)/, ""));
  if (span) return span;
  return readLater(plain) ?? readDays(plain);
}

/** The canonical form of a filter by creation, or undefined. */
export function readCreatedFilter(text: string): CreatedFilter | undefined {
  const plain = text.toLowerCase();
  return readSpan(plain.replace(/^<(?=\d+[hd]$)/, "")) ?? readLater(plain) ?? readDays(plain);
}

/** The canonical form of a filter by last use, or undefined. */
export function readLastUseFilter(text: string): LastUseFilter | undefined {
  const plain = text.toLowerCase();
  if (plain === "never") return "never";
  const span = readSpan(plain.replace(/^(not-|<)/, ""));
  if (span) return plain.startsWith("not-") ? `not-${span}` : span;
  return plain.startsWith("not-") ? undefined : readDays(plain);
}

/** The ends that an expiry filter selects; "never" has no end. */
export function expiryRange(filter: ExpiryFilter): TimeRange | "never" {
  if (filter === "never") return "never";
  const ms = spanMs(filter);
  if (ms !== undefined) return { from: { fromNowMs: 0 }, before: { fromNowMs: ms } };
  const later = spanMs(filter.slice(1));
  return later !== undefined ? { from: { fromNowMs: later } } : dayRange(filter);
}

export function createdRange(filter: CreatedFilter): TimeRange {
  const ms = spanMs(filter);
  if (ms !== undefined) return { from: { fromNowMs: -ms } };
  const longerAgo = spanMs(filter.slice(1));
  return longerAgo !== undefined ? { before: { fromNowMs: -longerAgo } } : dayRange(filter);
}

/** The last uses that a filter selects, or for how long a token has existed and not been used. */
export function lastUseRange(filter: LastUseFilter): TimeRange | "never" | { unusedForMs: number } {
  if (filter === "never") return "never";
  const unusedForMs = spanMs(filter.replace(/^not-/, ""));
  if (unusedForMs === undefined) return dayRange(filter);
  return filter.startsWith("not-") ? { unusedForMs } : { from: { fromNowMs: -unusedForMs } };
}

/** How long a span like `36h` or `90d` is, or undefined where the text is none. */
export function spanMs(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,7})([hd])$/.exec(text) ?? [];
  const ms = Number(digits) * (unit === "h" ? HOUR_MS : DAY_MS);
  return ms > 0 && ms <= SPAN_DAYS_MAX * DAY_MS ? ms : undefined;
}

function readSpan(text: string): Span | undefined {
  if (spanMs(text) === undefined) return undefined;
  return `${Number(text.slice(0, -1))}${text.endsWith("h") ? "h" : "d"}`;
}

function readLater(text: string): `>${string}` | undefined {
  const span = text.startsWith(">") ? readSpan(text.slice(1)) : undefined;
  return span && `>${span}`;
}

function readDays(text: string): DayFilter | undefined {
  const [first = "", last, ...rest] = text.replace(/^[<>]/, "").split("..");
  if (rest.length > 0 || dayMs(first) === undefined) return undefined;
  if (last === undefined) return text as DayFilter;
  const isOrdered = /^\d/.test(text) && (dayMs(last) ?? Number.NaN) >= (dayMs(first) ?? 0);
  return isOrdered ? (text as DayFilter) : undefined;
}

function dayRange(filter: string): TimeRange {
  const [first = "", last = first] = filter.replace(/^[<>]/, "").split("..");
  const begin = { at: new Date(dayMs(first) ?? 0) };
  const end = { at: new Date((dayMs(last) ?? 0) + DAY_MS) };
  if (filter.startsWith("<")) return { before: begin };
  return filter.startsWith(">") ? { from: end } : { from: begin, before: end };
}

// A day that the calendar has, in the centuries that PostgreSQL and people both know.
function dayMs(text: string): number | undefined {
  if (!/^(19|[2-9]\d)\d\d-\d\d-\d\d$/.test(text)) {
    return undefined;
  }
  const ms = Date.parse(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
  return isReal ? ms : undefined;
}
