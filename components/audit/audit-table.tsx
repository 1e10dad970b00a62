"use client";

import { type AuditFilter, changeAuditFilter } from "@/domain/audit/filter";
import { timeElement } from "../instant";
import { useClock } from "../use-clock";
import { actionText } from "./action-text";
import { auditHref } from "./audit-href";
import type { AuditEventView } from "./event-view";
import { OutcomeBadge } from "./outcome-badge";

const LINK = "rounded-sm hover:underline";

interface AuditTableProps {
  events: readonly AuditEventView[];
  filter: AuditFilter;
  now: Date;
}

export function AuditTable({ events, filter, now }: AuditTableProps) {
  const clock = useClock(now);
  const link = (changes: Partial<AuditFilter>) => auditHref(changeAuditFilter(filter, changes));
  return (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as cards it loses its meaning in some browsers
    <table role="table" className="audit-table">
      <caption className="sr-only">Events, the newest first</caption>
      <thead>
        <tr>
          {["When", "Who", "What", "Object", "Owner", "Outcome", "Address"].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.seq}>
            <td data-label="When" className="instant">
              {timeElement(new Date(event.at), clock)}
            </td>
            <td data-label="Who">
              <a className={LINK} href={link({ actor: event.actorName })}>
                {event.actorName}
              </a>
            </td>
            <td data-label="What">
              <a className={LINK} href={`/admin/audit/${event.seq}`}>
                {actionText(event.action)}
              </a>
              {event.reason ? <span className="block text-muted">{event.reason}</span> : null}
            </td>
            <td data-label="Object">
              {event.objectName ? (
                <a href={link({ object: event.objectName })} className={`font-mono ${LINK}`}>
                  {event.subjectName ?? event.objectName}
                </a>
              ) : null}
            </td>
            <td data-label="Owner">
              {event.ownerId ? (
                <a className={LINK} href={link({ owner: event.ownerName ?? event.ownerId })}>
                  {event.ownerName ?? <span className="font-mono">{event.ownerId}</span>}
                </a>
              ) : null}
            </td>
            <td data-label="Outcome">
              <OutcomeBadge outcome={event.outcome} />
            </td>
            <td data-label="Address">
              {event.address ? (
                <a className={LINK} href={link({ address: event.address })}>
                  {event.address}
                </a>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
