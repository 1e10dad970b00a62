import { BROWSER_FORMAT, formatterOf, type TimeFormat } from "./time-format";

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

/** The instant to the second as the reader wants it written, with its zone named. */
export function exactTime(at: Date, format: TimeFormat = BROWSER_FORMAT): string {
  const formatter = formatterOf(format);
  if (format.dateFormat !== "iso") return formatter.format(at);
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
  const text = (separator: string, ...types: Intl.DateTimeFormatPartTypes[]) =>
    types.map((type) => parts.get(type)).join(separator);
  const day = text("-", "year", "month", "day");
  return `${day} ${text(":", "hour", "minute", "second")} ${text("", "timeZoneName")}`;
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
