export const DATE_FORMATS = ["day-month", "month-day", "iso"] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** How somebody wants exact times written; null is the browser's own way. */
export interface TimeFormat {
  timeZone: string | null;
  dateFormat: DateFormat | null;
}

export const BROWSER_FORMAT: TimeFormat = { timeZone: null, dateFormat: null };

const LOCALES: Record<DateFormat, string> = {
  "day-month": "en-GB",
  "month-day": "en-US",
  iso: "en-GB",
};

const known = new Map<string, Intl.DateTimeFormat>();

/** The formatter for it. Made once: making one takes a thousand times as long as using it. */
export function formatterOf({ timeZone, dateFormat }: TimeFormat): Intl.DateTimeFormat {
  const key = `${timeZone} ${dateFormat}`;
  const formatter = known.get(key) ?? makeFormatter(timeZone, dateFormat);
  known.set(key, formatter);
  return formatter;
}

function makeFormatter(timeZone: string | null, dateFormat: DateFormat | null) {
  const isIso = dateFormat === "iso";
  const options: Intl.DateTimeFormatOptions = {
    ...(isIso ? { hourCycle: "h23" } : { weekday: "short" }),
    day: isIso ? "2-digit" : "numeric",
    month: isIso ? "2-digit" : "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  };
  const locale = dateFormat === null ? undefined : LOCALES[dateFormat];
  try {
    return new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options);
  } catch {
    // A zone that this browser is too old for: its own, which is named beside each time.
    return new Intl.DateTimeFormat(locale, options);
  }
}
