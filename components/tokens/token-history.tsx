import type { HistoryEntry } from "../history/entry";
import { History } from "../history/history";

const ACTIONS: Record<string, string> = {
  "token.create": "created it",
  "token.update": "changed it",
  "token.delete": "deleted it",
  "session.sign-in": "signed in",
  "session.sign-out": "signed out",
};

/** What was done to a token, by whom and from where, newest first, out of the audit trail. */
export function TokenHistory({ entries, now }: { entries: readonly HistoryEntry[]; now: Date }) {
  return <History title="History" entries={entries} now={now} tell={tell} />;
}

function tell({ actorName, outcome, action }: HistoryEntry) {
  return (
    <>
      <span className="font-medium">{actorName}</span> {outcome === "success" ? "" : "tried: "}
      {ACTIONS[action] ?? action}
    </>
  );
}
