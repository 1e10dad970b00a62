"use client";

import { type RefObject, useEffect } from "react";

/**
 * A table that is laid out as cards loses its meaning in some browsers, unless its roles are
 * written out: here, not on the server, for which they would be a tenth of the page.
 */
export function useTableRoles(table: RefObject<HTMLTableElement | null>): void {
  useEffect(() => {
    if (table.current) writeRoles(table.current);
  });
}

function writeRoles(table: HTMLTableElement): void {
  table.role = "table";
  for (const group of [table.tHead, ...table.tBodies]) if (group) group.role = "rowgroup";
  for (const row of table.rows) {
    row.role = "row";
    for (const cell of row.cells) cell.role = cell.tagName === "TH" ? "columnheader" : "cell";
  }
}
