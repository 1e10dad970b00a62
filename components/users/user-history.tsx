import type { HistoryEntry } from "../history/entry";
import { History } from "../history/history";
import { eventSentence } from "./event-sentences";

interface UserHistoryProps {
  user: { id: string; username: string };
  entries: readonly HistoryEntry[];
  now: Date;
}

/** What was done to a user and what they did, newest first, out of the audit trail. */
export function UserHistory({ user, entries, now }: UserHistoryProps) {
  return (
    <History
      title="Recent events"
      entries={entries}
      now={now}
      tell={(entry) => eventSentence(entry, user)}
    />
  );
}
