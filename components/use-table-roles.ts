"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * For a table that a narrow screen lays out as cards: it loses its meaning in some browsers, unless
 * its roles are written out. Here, not on the server, for which they would be a tenth of the page.
 */
export function useTableRoles(): RefObject<HTMLTableElement | null> {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (table.current) writeRoles(table.current);
  });
  return table;
}

function writeRoles(table: HTMLTableElement): void {
  table.role = "table";
  for (const group of [table.tHead, ...table.tBodies]) if (group) group.role = "rowgroup";
  for (const row of table.rows) {
    row.role = "row";
    for (const cell of row.cells) cell.role = cell.tagName === "TH" ? "columnheader" : "cell";
  }
}
