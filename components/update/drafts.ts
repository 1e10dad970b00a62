"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

const KEY = "latchkey-drafts";
const AGE_MS_MAX = 10 * 60_000;

interface Kept {
  username: string;
  atMs: number;
  drafts: Record<string, string>;
}

// What is being typed, and what was typed before this page was loaded anew.
const typed = new Map<string, string>();
const restored = new Map<string, string>();
const listeners = new Set<() => void>();

/**
 * As useState; the value comes back under its name when the page was loaded anew for another version.
 * Never for a secret: for that moment it is in the storage of the tab.
 */
export function useDraft(name: string, initial: string | (() => string)) {
  const [value, setValue] = useState(
    () => restored.get(name) ?? (typeof initial === "string" ? initial : initial()),
  );
  useEffect(() => {
    restored.delete(name);
    return () => void typed.delete(name);
  }, [name]);
  useEffect(() => void typed.set(name, value), [name, value]);
  return [value, setValue] as const;
}

/** Whether something that was typed waits for its form to be opened. */
export function useHasDraft(name: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => restored.has(name),
    () => false,
  );
}

/** Before the page goes: keeps what is typed for the next page of this tab and user. */
export function keepDrafts(username: string): void {
  if (typed.size === 0) return;
  const kept: Kept = { username, atMs: Date.now(), drafts: Object.fromEntries(typed) };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

/** Takes what was kept out of the storage; only the same user gets it, and not much later. */
export function restoreDrafts(username: string): void {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return;
  sessionStorage.removeItem(KEY);
  const kept: Kept = JSON.parse(text);
  if (kept.username !== username || Date.now() - kept.atMs > AGE_MS_MAX) return;
  for (const [name, value] of Object.entries(kept.drafts)) restored.set(name, value);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
