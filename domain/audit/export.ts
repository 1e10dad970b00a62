import { insertAuditEvent } from "@/db/audit-events";
import { type ListedAuditEvent, selectAuditEvents } from "@/db/audit-list";
import { query, transaction } from "@/db/client";
import type { Actor } from "../actor";
import {
  toJsonLines as asJsonLines,
  type Columns,
  type ExportFile,
  type ExportFormat,
  toFile,
} from "../exports/file";
import { auditEvent } from "./event";
import { type AuditFilter, auditRestrictions, toAuditQuery as toQueryString } from "./filter";
import { positionOf } from "./list";
import { requireAuditReader } from "./policy";
import { toAuditQuery } from "./query";

// Pages and not a cursor: a slow reader holds neither a connection nor a snapshot of the database.
const PAGE_SIZE = 4_000;

const COLUMNS: Columns<ListedAuditEvent> = {
  number: (event) => event.seq,
  time: (event) => event.at.toISOString(),
  actor: (event) => event.actorName,
  actorId: (event) => event.actorId,
  actorToken: (event) => event.actorToken,
  action: (event) => event.action,
  objectKind: (event) => event.objectKind,
  object: (event) => event.objectName,
  owner: (event) => event.ownerName,
  ownerId: (event) => event.ownerId,
  outcome: (event) => event.outcome,
  reason: (event) => event.reason,
  before: (event) => event.before,
  after: (event) => event.after,
  address: (event) => event.address,
  userAgent: (event) => event.userAgent,
  requestId: (event) => event.requestId,
  previousHash: (event) => event.previousHash,
  hash: (event) => event.hash,
};

/**
 * Every event that the filter selects and that was there when it began, the newest first, with the
 * filter and the time on top. For admins (else forbidden). That it was made is an event too.
 */
export async function exportAuditEvents(
  actor: Actor,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<ExportFile> {
  requireAuditReader(actor);
  const { after: _after, before: _before, ...wanted } = filter;
  const restrictions = Object.fromEntries(
    auditRestrictions(wanted).map(({ name, text }) => [name, text]),
  );
  const object = { kind: "audit", name: "events", ownerId: null } as const;
  const event = auditEvent(actor, "audit.export", object, { after: { format, ...restrictions } });
  const seq = await transaction((tx) => insertAuditEvent(tx, event));
  return toFile({
    words: ["latchkey", "audit"],
    format,
    columns: COLUMNS,
    parts: pages(wanted, seq),
    about: {
      title: "Audit events of Latchkey",
      kind: "AuditExport",
      query: toQueryString(wanted),
      facts: { filter: restrictions, upToEvent: seq },
    },
  });
}

/** Events as JSON lines, with the names of the export. */
export function toJsonLines(events: readonly ListedAuditEvent[]): string {
  return asJsonLines(COLUMNS, events);
}

async function* pages(filter: AuditFilter, upToEvent: number): AsyncGenerator<ListedAuditEvent[]> {
  // Nothing that came later: not this export's own event either.
  let position = { atMs: Date.parse("9999-01-01"), seq: upToEvent };
  for (;;) {
    const events = await query(async (db) => {
      const wanted = await toAuditQuery(db, { ...filter, after: position });
      return selectAuditEvents(db, { ...wanted, limit: PAGE_SIZE });
    });
    const known = events.filter(({ seq }) => seq < upToEvent);
    if (known.length > 0) yield known;
    const last = events.at(-1);
    if (!last || events.length < PAGE_SIZE) return;
    position = positionOf(last);
  }
}
