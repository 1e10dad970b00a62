const MINUTE_MS = 60_000;
const known = new Map<string, Intl.DateTimeFormat>();

/** The value of a datetime-local input for an instant, in a zone; null is the browser's. */
export function toLocalInput(at: Date, timeZone: string | null): string {
  return new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/** The instant that a datetime-local input says, in a zone; null is the browser's. */
export function fromLocalInput(text: string, timeZone: string | null): Date {
  const wallMs = Date.parse(`${text}Z`);
  if (timeZone === null || Number.isNaN(wallMs)) return new Date(text);
  // The offset is that of the instant itself, which only a first guess leads near to.
  const guess = new Date(wallMs - offsetMs(new Date(wallMs), timeZone));
  return new Date(wallMs - offsetMs(guess, timeZone));
}

function offsetMs(at: Date, timeZone: string | null): number {
  const formatter = timeZone === null ? null : wallClockOf(timeZone);
  if (!formatter || Number.isNaN(at.getTime())) return -at.getTimezoneOffset() * MINUTE_MS;
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const wallMs = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wallMs - Math.floor(at.getTime() / 1_000) * 1_000;
}

function wallClockOf(timeZone: string): Intl.DateTimeFormat | null {
  const made = known.get(timeZone) ?? makeWallClock(timeZone);
  if (made) known.set(timeZone, made);
  return made;
}

function makeWallClock(timeZone: string): Intl.DateTimeFormat | null {
  const number = "numeric";
  const date = { year: number, month: number, day: number } as const;
  const time = { hour: number, minute: number, second: number, hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, ...date, ...time });
  } catch {
    return null;
  }
}
