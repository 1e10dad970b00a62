"use client";

import { useEffect, useState } from "react";
import { type AuditFilter, type AuditPosition, toAuditQuery } from "@/domain/audit/filter";
import type { AuditEventView } from "./event-view";

const POLL_MS = 2_000;
const KEPT_MAX = 500;

export interface LiveTail {
  events: AuditEventView[];
  /** The server did not answer the last time; it is asked again. */
  isLost: boolean;
}

/**
 * The events that came since a position, the newest first, while it is on and the page is seen: one
 * small request every two seconds, and none while the one before is on its way.
 */
export function useLiveTail(isOn: boolean, filter: AuditFilter, since: AuditPosition): LiveTail {
  const query = toAuditQuery({ ...filter, before: since });
  const [tail, setTail] = useState({ query, events: [] as AuditEventView[], isLost: false });

  useEffect(() => {
    if (!isOn) return;
    let position = since;
    let isAsking = false;
    const gone = new AbortController();
    const ask = async () => {
      if (isAsking || document.hidden) return;
      isAsking = true;
      try {
        const found = await fetchTail(toAuditQuery({ ...filter, before: position }), gone.signal);
        const [newest] = found;
        if (newest) position = { atMs: Date.parse(newest.at), seq: newest.seq };
        setTail((known) => {
          const before = known.query === query ? known.events : [];
          if (!newest && !known.isLost && known.query === query) return known;
          return { query, events: [...found, ...before].slice(0, KEPT_MAX), isLost: false };
        });
      } catch {
        if (!gone.signal.aborted) setTail((known) => ({ ...known, isLost: true }));
      }
      isAsking = false;
    };
    ask();
    const timer = setInterval(ask, POLL_MS);
    document.addEventListener("visibilitychange", ask);
    return () => {
      gone.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [isOn, query, filter, since]);

  return tail.query === query ? tail : { events: [], isLost: false };
}

async function fetchTail(query: string, signal: AbortSignal): Promise<AuditEventView[]> {
  const answer = await fetch(`/admin/audit/tail${query}`, { signal, cache: "no-store" });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()) as AuditEventView[];
}
