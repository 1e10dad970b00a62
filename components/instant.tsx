"use client";

import { exactTime, relativeTime } from "./time";
import { type Clock, useClock } from "./use-clock";

interface InstantProps {
  at: Date;
  /** The clock of the server when the page was made: what the first paint is relative to. */
  now: Date;
  /** The edge the exact time keeps to, so that it stays on the page. */
  align?: "start" | "end";
}

/** A point in time as people say it; the exact instant, in the reader's zone, on hover and focus. */
export function Instant({ at, now, align = "start" }: InstantProps) {
  const clock = useClock(now);
  return (
    <span className={align === "end" ? "instant instant-end" : "instant"}>
      {timeElement(at, clock, 0)}
    </span>
  );
}

/**
 * The same for many instants under one clock, inside of what is styled as `instant`. Until the
 * reader's zone is known, `dateTime` itself is shown as the exact one.
 */
export function timeElement(at: Date, clock: Clock, tabIndex?: 0) {
  return (
    <time dateTime={at.toISOString()} tabIndex={tabIndex}>
      {relativeTime(at, clock.now)}
      {clock.isReaders ? <span>{exactTime(at, clock.format)}</span> : null}
    </time>
  );
}
