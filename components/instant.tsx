"use client";

import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "./time";

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    nowMs = Date.now();
    for (const notify of listeners) notify();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

interface InstantProps {
  at: Date;
  /** The clock of the server when the page was made: what the first paint is relative to. */
  now: Date;
  /** Reachable by keyboard, so that focus shows the exact time as hovering does. */
  focusable?: boolean;
  /** The edge that the exact time is aligned with, so that it stays on the page. */
  align?: "start" | "end";
}

/** A point in time as people say it; the exact instant, in the reader's zone, on hover and focus. */
export function Instant({ at, now, focusable, align = "start" }: InstantProps) {
  const clientNowMs = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => null,
  );
  const relative = relativeTime(at, new Date(Math.max(clientNowMs ?? 0, now.getTime())));
  const exact = exactTime(at, clientNowMs === null ? "UTC" : undefined);
  return (
    <time
      dateTime={at.toISOString()}
      tabIndex={focusable ? 0 : undefined}
      className="group/instant relative inline-block cursor-default whitespace-nowrap rounded-sm underline decoration-line-strong/50 decoration-dotted underline-offset-4"
    >
      {relative}
      <span
        className={`${align === "start" ? "left-0" : "right-0"} pointer-events-none absolute bottom-full z-20 mb-1 hidden w-max max-w-64 rounded-md bg-ink px-2 py-1 font-sans text-canvas text-xs shadow-md group-hover/instant:block group-focus-visible/instant:block`}
      >
        {exact}
      </span>
    </time>
  );
}
