import { Instant } from "../instant";
import { spanText } from "../time";

export interface HistoryEntry {
  seq: number;
  at: Date;
  actorName: string;
  actorToken: string | null;
  action: string;
  outcome: "success" | "failure" | "denied";
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
}

const ACTIONS: Record<string, string> = {
  "token.create": "created it",
  "token.update": "changed it",
  "token.delete": "deleted it",
  "session.sign-in": "signed in",
  "session.sign-out": "signed out",
};

const FIELD_NAMES: Record<string, string> = {
  description: "Description",
  ttlMs: "Lifetime",
  enabled: "Enabled",
  labels: "Labels",
  annotations: "Annotations",
};

/** What was done to a token, by whom and from where, newest first, out of the audit trail. */
export function TokenHistory({ entries, now }: { entries: readonly HistoryEntry[]; now: Date }) {
  return (
    <section
      aria-labelledby="history"
      className="rounded-lg border border-line bg-surface px-4 py-3"
    >
      <h2 id="history" className="font-medium">
        History
      </h2>
      <ol className="mt-2 divide-y divide-line text-sm">
        {entries.map((entry) => (
          <li key={entry.seq} className="py-2.5">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span>
                <span className="font-medium">{entry.actorName}</span>{" "}
                {entry.outcome === "success" ? "" : "tried: "}
                {ACTIONS[entry.action] ?? entry.action}
                {entry.reason ? <span className="text-muted"> – {entry.reason}</span> : null}
              </span>
              <span className="text-muted">
                <Instant at={entry.at} now={now} align="end" />
              </span>
            </p>
            <Changes entry={entry} />
            <p className="text-muted text-xs">{origin(entry)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Changes({ entry }: { entry: HistoryEntry }) {
  const { before, after } = entry;
  if (!before || !after) return null;
  const changed = Object.keys(FIELD_NAMES).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return (
    <ul>
      {changed.map((field) => (
        <li key={field} className="break-words">
          <span className="text-muted">{FIELD_NAMES[field]}: </span>
          <s className="text-muted">{valueText(field, before[field])}</s>
          <span className="text-muted"> → </span>
          {valueText(field, after[field])}
        </li>
      ))}
    </ul>
  );
}

function valueText(field: string, value: unknown): string {
  if (field === "ttlMs" && typeof value === "number")
    return value < 0 ? "infinite" : spanText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value || "(empty)" : JSON.stringify(value);
}

function origin(entry: HistoryEntry): string {
  const parts = [
    entry.address ? `from ${entry.address}` : "",
    entry.actorToken ? `with ${entry.actorToken}` : "",
  ];
  return parts.filter(Boolean).join(" ");
}
