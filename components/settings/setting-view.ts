/** A setting as the page shows it. */
export interface SettingView {
  name: string;
  title: string;
  group: string;
  meaning: string;
  /** Of a number; null where it is a yes or no. */
  range: { unit: Unit; min: number; max: number } | null;
  value: string;
  /** Its default. */
  usual: string;
  resourceVersion: string;
  changed: { by: string; at: Date } | null;
  /** Of a maximum: how many live longer. */
  longerLived: number | null;
}

type Unit = "minutes" | "days" | "characters";

export const MINUTES = { days: 24 * 60, hours: 60, minutes: 1 } as const;
export type MinutesUnit = keyof typeof MINUTES;

/** A value as people say it: `90 days`, `No maximum`, `Allowed`. */
export function valueText({ range }: Pick<SettingView, "range">, value: string): string {
  if (!range) return value === "true" ? "Allowed" : "Not allowed";
  const number = Number(value);
  if (range.unit !== "minutes") return countOf(number, range.unit.slice(0, -1));
  return number > 0 ? minutesText(number) : "No maximum";
}

/** As it is stored, where that says more than valueText. */
export function storedText({ range }: Pick<SettingView, "range">, value: string): string | null {
  return range?.unit === "minutes" && Number(value) > 0 ? countOf(Number(value), "minute") : null;
}

/** The largest unit that a number of minutes is whole in. */
export function unitOf(minutes: number): MinutesUnit {
  if (minutes > 0 && minutes % MINUTES.days === 0) return "days";
  return minutes > 0 && minutes % MINUTES.hours === 0 ? "hours" : "minutes";
}

/** `1 token`, `412 tokens`, and `more than 10,000 tokens` where counting ended. */
export function countText(count: number, noun: string, countMax: number): string {
  return count >= countMax ? `more than ${countOf(countMax, noun)}` : countOf(count, noun);
}

export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** Who changed it last, as people say it. */
export function changerText(by: string): string {
  return by.startsWith("system:") ? "the operator" : by;
}

function minutesText(minutes: number): string {
  const parts = [
    countOf(Math.floor(minutes / MINUTES.days), "day"),
    countOf(Math.floor((minutes % MINUTES.days) / MINUTES.hours), "hour"),
    countOf(minutes % MINUTES.hours, "minute"),
  ];
  return parts.filter((part) => !part.startsWith("0 ")).join(" ");
}
