const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS = [
  { unit: "year", ms: 365 * DAY_MS, fromMs: 1.5 * 365 * DAY_MS },
  { unit: "month", ms: 30 * DAY_MS, fromMs: 120 * DAY_MS },
  { unit: "day", ms: DAY_MS, fromMs: 36 * HOUR_MS },
  { unit: "hour", ms: HOUR_MS, fromMs: 90 * MINUTE_MS },
  { unit: "minute", ms: MINUTE_MS, fromMs: MINUTE_MS },
] as const;

const relativeFormat = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** `in 3 days`, `5 minutes ago`, `just now`: whole units, rounded. */
export function relativeTime(at: Date, now: Date): string {
  const distanceMs = at.getTime() - now.getTime();
  const found = UNITS.find(({ fromMs }) => Math.abs(distanceMs) >= fromMs);
  if (!found) return distanceMs > 0 ? "in under a minute" : "just now";
  return relativeFormat.format(Math.round(distanceMs / found.ms), found.unit);
}

// Made once: making a format takes a thousand times as long as using it.
const exactFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});

/** The instant to the second in the reader's own zone, which is named. */
export function exactTime(at: Date): string {
  return exactFormat.format(at);
}

/** A length of time in its largest even units: `2 hours`, `90 days`, `1 day 12 hours`. */
export function spanText(ms: number): string {
  const parts: string[] = [];
  let restMs = ms;
  for (const { unit, ms: unitMs } of [
    { unit: "day", ms: DAY_MS },
    { unit: "hour", ms: HOUR_MS },
    { unit: "minute", ms: MINUTE_MS },
    { unit: "second", ms: SECOND_MS },
  ]) {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.slice(0, 2).join(" ") || "under a second";
}

/** The value of a datetime-local input for an instant, in the reader's zone. */
export function toLocalInput(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS);
  return shifted.toISOString().slice(0, 16);
}
