import { X } from "lucide-react";
import { AUDIT_OUTCOMES } from "@/domain/audit/actions";
import {
  type AuditFilter,
  auditRestrictions,
  changeAuditFilter,
  FILTER_NAMES,
  SINCE_WINDOWS,
} from "@/domain/audit/filter";
import { exactTime } from "../time";
import type { TimeFormat } from "../time-format";
import { useTimeFormat } from "../time-format-provider";
import { actionText } from "./action-text";
import { auditHref } from "./audit-href";

/** What restricts the list, each with a way to take it out. */
export function AuditChips({ filter, isReaders }: { filter: AuditFilter; isReaders: boolean }) {
  const format = useTimeFormat();
  const restrictions = auditRestrictions(filter);
  if (restrictions.length === 0) return null;
  return (
    <>
      {restrictions.map(({ name, text }) => (
        <a
          key={name}
          href={auditHref(changeAuditFilter(filter, { [name]: undefined }))}
          aria-label={`Remove the filter ${FILTER_NAMES[name]}: ${text}`}
          className="inline-flex max-w-full items-center gap-1.5 rounded-md bg-accent-soft px-2 py-1 text-sm hover:line-through"
        >
          <span className="truncate">
            <span className="text-muted">{FILTER_NAMES[name]}: </span>
            {chipText(filter, name, text, isReaders ? format : null)}
          </span>
          <X aria-hidden className="size-3.5 shrink-0" />
        </a>
      ))}
      <a href="/admin/audit" className="rounded-sm px-1 text-accent text-sm hover:underline">
        Clear filters
      </a>
    </>
  );
}

function chipText(
  filter: AuditFilter,
  name: string,
  text: string,
  readers: TimeFormat | null,
): string {
  if (name === "action") return actionText(text);
  if (filter.outcome && name === "outcome") return AUDIT_OUTCOMES[filter.outcome];
  if (filter.since && name === "since") return SINCE_WINDOWS[filter.since].label;
  const at = name === "from" ? filter.from : name === "to" ? filter.to : undefined;
  return at && readers ? exactTime(at, readers) : text;
}
