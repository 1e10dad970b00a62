"use client";

import { useState } from "react";
import type { HistoryEntry } from "../history/entry";
import { History } from "../history/history";
import { Button } from "../ui/button";
import { eventSentence } from "./event-sentences";

interface UserHistoryProps {
  user: { id: string; username: string };
  entries: readonly HistoryEntry[];
  now: Date;
}

const FIRST_SHOWN = 12;

/** What was done to a user and what they did, newest first, out of the audit trail. */
export function UserHistory({ user, entries, now }: UserHistoryProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? entries : entries.slice(0, FIRST_SHOWN);
  return (
    <History
      title="Recent events"
      entries={shown}
      now={now}
      tell={(entry) => eventSentence(entry, user)}
      footer={
        entries.length > shown.length ? (
          <Button size="sm" onClick={() => setWhole(true)}>
            Show {entries.length - shown.length} older events
          </Button>
        ) : null
      }
    />
  );
}
