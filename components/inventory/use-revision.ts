"use client";

import { useState } from "react";

/** Another number each time that the same list was made anew, as after a change of a token. */
export function useRevision(list: string, madeAt: Date): number {
  const atMs = madeAt.getTime();
  const [seen, setSeen] = useState({ list, atMs, revision: 0 });
  if (seen.list === list && seen.atMs === atMs) return seen.revision;
  const revision = seen.list === list ? seen.revision + 1 : seen.revision;
  setSeen({ list, atMs, revision });
  return revision;
}
