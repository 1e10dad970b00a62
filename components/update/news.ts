"use client";

import { useSyncExternalStore } from "react";

/** Why something on this page did not work: the server is another version by now, or is away. */
export type News = { reason: "updated" | "away" };

let latest: News | null = null;
const listeners = new Set<() => void>();

/** Tells whoever watches this page; the same once more is news again. */
export function tellNews(reason: News["reason"]): void {
  latest = { reason };
  for (const listener of listeners) listener();
}

export function latestNews(): News | null {
  return latest;
}

export function useNews(): News | null {
  return useSyncExternalStore(subscribe, latestNews, () => null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
