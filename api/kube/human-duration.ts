const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** A duration as kubectl prints it (apimachinery, duration.HumanDuration): `90s`, `5m30s`, `90d`. */
export function humanDuration(ms: number): string {
  if (ms <= -2 * SECOND_MS) return "<invalid>";
  if (ms < 2 * MINUTE_MS) return count(Math.max(ms, 0), SECOND_MS, "s");
  if (ms < 10 * MINUTE_MS) return count(ms, MINUTE_MS, "m") + rest(ms % MINUTE_MS, SECOND_MS, "s");
  if (ms < 3 * HOUR_MS) return count(ms, MINUTE_MS, "m");
  if (ms < 8 * HOUR_MS) return count(ms, HOUR_MS, "h") + rest(ms % HOUR_MS, MINUTE_MS, "m");
  if (ms < 2 * DAY_MS) return count(ms, HOUR_MS, "h");
  if (ms < 8 * DAY_MS) return count(ms, DAY_MS, "d") + rest(ms % DAY_MS, HOUR_MS, "h");
  if (ms < 2 * YEAR_MS) return count(ms, DAY_MS, "d");
  if (ms < 8 * YEAR_MS) return count(ms, YEAR_MS, "y") + rest(ms % YEAR_MS, DAY_MS, "d");
  return count(ms, YEAR_MS, "y");
}

function count(ms: number, unitMs: number, unit: string): string {
  return `${Math.floor(ms / unitMs)}${unit}`;
}

function rest(ms: number, unitMs: number, unit: string): string {
  return ms < unitMs ? "" : count(ms, unitMs, unit);
}
