import type { ReactNode } from "react";
import { Instant } from "../instant";
import { spanText } from "../time";
import type { HistoryEntry } from "./entry";

interface HistoryProps {
  title: string;
  entries: readonly HistoryEntry[];
  now: Date;
  /** Who did what, as a sentence without its full stop. */
  tell: (entry: HistoryEntry) => ReactNode;
  footer?: ReactNode;
}

const FIELD_NAMES: Record<string, string> = {
  description: "Description",
  ttlMs: "Lifetime",
  enabled: "Enabled",
  labels: "Labels",
  annotations: "Annotations",
  displayName: "Display name",
  role: "Role",
};

/** Events of the audit trail in words, newest first: what was changed, by whom and from where. */
export function History({ title, entries, now, tell, footer }: HistoryProps) {
  return (
    <section
      aria-labelledby="history"
      className="rounded-lg border border-line bg-surface px-4 py-3"
    >
      <h2 id="history" className="font-medium">
        {title}
      </h2>
      <ol className="mt-2 divide-y divide-line text-sm">
        {entries.map((entry) => (
          <li key={entry.seq} className="py-2.5">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="wrap-anywhere min-w-0">
                {tell(entry)}
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
      {entries.length === 0 ? <p className="mt-1 text-muted text-sm">Nothing yet.</p> : null}
      {footer ? <div className="border-line border-t pt-3">{footer}</div> : null}
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
