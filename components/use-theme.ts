"use client";

import { useSyncExternalStore } from "react";
import { isTheme, THEME_COOKIE, type Theme } from "./theme";

const YEAR_S = 365 * 24 * 60 * 60;
const listeners = new Set<() => void>();

/** The chosen theme and how to choose another; every control on the page shows the same. */
export function useTheme(initial: Theme): [Theme, (chosen: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => shownTheme() ?? initial,
    () => initial,
  );
  return [theme, choose];
}

function choose(chosen: Theme): void {
  document.documentElement.dataset.theme = chosen;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser yet
  document.cookie = `${THEME_COOKIE}=${chosen}; path=/; max-age=${YEAR_S}; samesite=lax`;
  for (const notify of listeners) notify();
}

function shownTheme(): Theme | undefined {
  const { theme } = document.documentElement.dataset;
  return isTheme(theme) ? theme : undefined;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
