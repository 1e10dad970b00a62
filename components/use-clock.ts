"use client";

import { useSyncExternalStore } from "react";

/** What times are told by: an instant to be relative to, and whether it is the reader's clock. */
export interface Clock {
  now: Date;
  isReaders: boolean;
}

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** The server's clock for the first paint, then the reader's own, moved on while shown. */
export function useClock(serverNow: Date): Clock {
  const clientNowMs = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => null,
  );
  if (clientNowMs === null) return { now: serverNow, isReaders: false };
  return { now: new Date(Math.max(clientNowMs, serverNow.getTime())), isReaders: true };
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
