"use client";

import type { RefObject } from "react";
import { useShortcut } from "../use-shortcut";

/**
 * The keys of a table's rows: `j` and `k` go down and up, `x` selects, with shift up to here. The
 * focus is on the row's own link, so that Enter opens it and a screen reader says where one is.
 */
export function useRowKeys(
  table: RefObject<HTMLTableElement | null>,
  toggle: (name: string, isRange: boolean) => void,
): void {
  const move = (step: 1 | -1) => {
    const rows = [...(table.current?.tBodies[0]?.rows ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step;
    const link = rows[next]?.querySelector<HTMLElement>("td:first-child > a");
    link?.focus();
    link?.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  const select = (isRange: boolean) => {
    const row = document.activeElement?.closest("tbody tr");
    if (!row || !table.current?.contains(row)) return;
    const name = row.querySelector("td:first-child > a")?.textContent;
    if (name) toggle(name, isRange);
  };
  useShortcut("j", () => move(1));
  useShortcut("k", () => move(-1));
  useShortcut("x", () => select(false));
  useShortcut("X", () => select(true));
}
