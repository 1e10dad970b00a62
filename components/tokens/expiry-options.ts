import { relativeTime, spanText } from "../time";
import { fromLocalInput } from "../time-zone";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

export const DURATION_UNITS = { minutes: 60 * 1_000, hours: HOUR_MS, days: DAY_MS } as const;
export type DurationUnit = keyof typeof DURATION_UNITS;

const PRESETS_MS = [
  HOUR_MS,
  2 * HOUR_MS,
  8 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  30 * DAY_MS,
  90 * DAY_MS,
];
const LONG_PRESETS_MS = [180 * DAY_MS, 365 * DAY_MS];

/** The instants a token may end at, for this person: from now to `latest`; null is for ever. */
export interface ExpiryRange {
  latest: Date | null;
}

export interface ExpiryOption {
  value: string;
  label: string;
}

/** What the control holds; the date is one of this zone, null of the browser's. */
interface ExpiryInput {
  value: string;
  amount: string;
  unit: DurationUnit;
  date: string;
  timeZone: string | null;
}

/**
 * How a choice ends the token: an instant, `never`, or what is missing to know it. A length of time
 * has it in `ttlMs`, too: a new token lives exactly that long, by the clock of the server.
 */
export type ExpiryChoice = { at: Date; ttlMs?: number } | "never" | { problem: string };

/** The latest expiry allowed for a new token, or for a stored one that this person edits. */
export function latestExpiry(limits: {
  createdAt: Date;
  current: Date | null | undefined;
  ttlMsMax: number | null;
  canExtend: boolean;
}): Date | null {
  const { createdAt, current, ttlMsMax, canExtend } = limits;
  const policy = ttlMsMax === null ? null : new Date(createdAt.getTime() + ttlMsMax);
  if (current === undefined) return policy;
  if (!canExtend) return current;
  if (policy === null || current === null) return null;
  return new Date(Math.max(policy.getTime(), current.getTime()));
}

/** A new expiry, or the change of a stored one by somebody who may only shorten, or extend too. */
export type ExpiryMode = "create" | "shorten" | "extend";

/** Presets within the range, its end where that is none of them, and the two free forms. */
export function expiryOptions(range: ExpiryRange, now: Date, mode: ExpiryMode): ExpiryOption[] {
  const roomMs = range.latest === null ? null : range.latest.getTime() - now.getTime();
  const presets = roomMs === null ? [...PRESETS_MS, ...LONG_PRESETS_MS] : PRESETS_MS;
  const fitting = presets.filter((ms) => roomMs === null || ms <= roomMs);
  const label = (ms: number) => (mode === "create" ? spanText(ms) : `In ${spanText(ms)}`);
  return [
    ...(mode === "create" ? [] : [{ value: "keep", label: "Keep" }]),
    ...fitting.map((ms) => ({ value: String(ms), label: label(ms) })),
    ...endOfRange(roomMs, fitting, mode),
    { value: "duration", label: "Duration…" },
    { value: "date", label: "Date…" },
  ];
}

// Who can only shorten has the end of the range already: it is what the token is kept at.
function endOfRange(roomMs: number | null, fitting: number[], mode: ExpiryMode): ExpiryOption[] {
  if (mode === "shorten") return [];
  if (roomMs === null) return [{ value: "never", label: "Never" }];
  if (roomMs <= 0 || fitting.includes(roomMs)) return [];
  const label = mode === "create" ? `${spanText(roomMs)} (maximum)` : "Latest allowed";
  return [{ value: "latest", label }];
}

/** What a chosen option and the free inputs beside it come to; never an expiry out of range. */
export function resolveChoice(input: ExpiryInput, range: ExpiryRange, now: Date): ExpiryChoice {
  if (input.value === "never") return "never";
  if (input.value === "latest") {
    if (!range.latest) return "never";
    return { at: range.latest, ttlMs: range.latest.getTime() - now.getTime() };
  }
  const at = chosenInstant(input, now);
  if (!at || Number.isNaN(at.getTime())) {
    return {
      problem: input.value === "date" ? "Choose a date and time." : "Enter a whole number.",
    };
  }
  if (range.latest && at.getTime() > range.latest.getTime()) {
    return { problem: `That is past the latest allowed, ${relativeTime(range.latest, now)}.` };
  }
  return input.value === "date" ? { at } : { at, ttlMs: at.getTime() - now.getTime() };
}

function chosenInstant(input: ExpiryInput, now: Date): Date | null {
  if (input.value === "date") {
    return input.date ? fromLocalInput(input.date, input.timeZone) : null;
  }
  if (input.value !== "duration") return new Date(now.getTime() + Number(input.value));
  if (!/^[1-9]\d{0,8}$/.test(input.amount)) return null;
  return new Date(now.getTime() + Number(input.amount) * DURATION_UNITS[input.unit]);
}

/** The sentence that warns of what an expiry does to a token, or null. */
export function expiryWarning(choice: ExpiryChoice, wasExpired: boolean, now: Date): string | null {
  if (choice !== "never" && "problem" in choice) return null;
  const ends = choice !== "never" && choice.at <= now;
  if (ends && !wasExpired) return "This ends the token at once: whatever uses it stops working.";
  if (!ends && wasExpired)
    return "This brings the expired token back: whoever holds it can use it again.";
  return null;
}

export const DEFAULT_TTL_MS = 30 * DAY_MS;
