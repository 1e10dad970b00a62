"use client";

import { useSyncExternalStore } from "react";

/** What times are told by: an instant to be relative to, and a zone; undefined is the reader's. */
export interface Clock {
  now: Date;
  timeZone: string | undefined;
}

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** The server's clock and UTC for the first paint, then the reader's own, moved on while shown. */
export function useClock(serverNow: Date): Clock {
  const clientNowMs = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => null,
  );
  if (clientNowMs === null) return { now: serverNow, timeZone: "UTC" };
  return { now: new Date(Math.max(clientNowMs, serverNow.getTime())), timeZone: undefined };
}

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
