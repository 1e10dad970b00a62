"use client";

import { useSyncExternalStore } from "react";
import type { TimeFormat } from "./time-format";
import { useTimeFormat } from "./time-format-provider";

/** What times are told by: an instant to be relative to, and whether it is the reader's clock. */
export interface Clock {
  now: Date;
  isReaders: boolean;
  /** How exact times are written. */
  format: TimeFormat;
}

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** The server's clock for the first paint, then the reader's own, moved on while shown. */
export function useClock(serverNow: Date): Clock {
  const format = useTimeFormat();
  const clientNowMs = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => null,
  );
  if (clientNowMs === null) return { now: serverNow, isReaders: false, format };
  const now = new Date(Math.max(clientNowMs, serverNow.getTime()));
  return { now, isReaders: true, format };
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
