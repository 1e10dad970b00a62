"use client";

import { exactTime, relativeTime } from "./time";
import { type Clock, useClock } from "./use-clock";

interface InstantProps {
  at: Date;
  /** The clock of the server when the page was made: what the first paint is relative to. */
  now: Date;
  align?: "start" | "end";
}

/** A point in time as people say it; the exact instant, in the reader's zone, on hover and focus. */
export function Instant({ at, now, align = "start" }: InstantProps) {
  return instant(at, useClock(now), { align, focusable: true });
}

/**
 * The same for many instants under one clock. `align` is the edge the exact time keeps to, so that
 * it stays on the page; `focusable` makes it reachable by keyboard.
 */
export function instant(
  at: Date,
  clock: Clock,
  { align, focusable }: { align: "start" | "end"; focusable: boolean },
) {
  return (
    <time dateTime={at.toISOString()} tabIndex={focusable ? 0 : undefined} className="instant">
      {relativeTime(at, clock.now)}
      <span className={align === "end" ? "instant-exact right-0" : "instant-exact left-0"}>
        {exactTime(at, clock.timeZone)}
      </span>
    </time>
  );
}
