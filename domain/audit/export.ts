import { insertAuditEvent } from "@/db/audit-events";
import { type ListedAuditEvent, selectAuditEvents } from "@/db/audit-list";
import { query, transaction } from "@/db/client";
import type { Actor } from "../actor";
import { toCsv } from "../exports/csv";
import { auditEvent } from "./event";
import { type AuditFilter, auditRestrictions, toAuditQuery as toQueryString } from "./filter";
import { positionOf } from "./list";
import { requireAuditReader } from "./policy";
import { toAuditQuery } from "./query";

export type ExportFormat = "csv" | "jsonl";

export interface AuditExport {
  /** Tells when it was made. */
  fileName: string;
  mediaType: string;
  /** Made as they are taken, some thousand events at once. */
  chunks: AsyncGenerator<string>;
}

// Pages and not a cursor: a slow reader holds neither a connection nor a snapshot of the database.
const PAGE_SIZE = 4_000;
const MEDIA_TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" };

const COLUMNS = [
  ["number", (event) => event.seq],
  ["time", (event) => event.at.toISOString()],
  ["actor", (event) => event.actorName],
  ["actorId", (event) => event.actorId],
  ["actorToken", (event) => event.actorToken],
  ["action", (event) => event.action],
  ["objectKind", (event) => event.objectKind],
  ["object", (event) => event.objectName],
  ["owner", (event) => event.ownerName],
  ["ownerId", (event) => event.ownerId],
  ["outcome", (event) => event.outcome],
  ["reason", (event) => event.reason],
  ["before", (event) => event.before],
  ["after", (event) => event.after],
  ["address", (event) => event.address],
  ["userAgent", (event) => event.userAgent],
  ["requestId", (event) => event.requestId],
  ["previousHash", (event) => event.previousHash],
  ["hash", (event) => event.hash],
] as const satisfies [string, (event: ListedAuditEvent) => unknown][];

/**
 * Every event that the filter selects and that was there when it began, the newest first, with the
 * filter and the time on top. For admins (else forbidden). That it was made is an event too.
 */
export async function exportAuditEvents(
  actor: Actor,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<AuditExport> {
  requireAuditReader(actor);
  const { after: _after, before: _before, ...wanted } = filter;
  const restrictions = Object.fromEntries(
    auditRestrictions(wanted).map(({ name, text }) => [name, text]),
  );
  const object = { kind: "audit", name: "events", ownerId: null } as const;
  const event = auditEvent(actor, "audit.export", object, { after: { format, ...restrictions } });
  const seq = await transaction((tx) => insertAuditEvent(tx, event));
  const madeAt = new Date();
  const time = madeAt.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const head = { exportedAt: madeAt.toISOString(), filter: restrictions, upToEvent: seq };
  return {
    fileName: `latchkey-audit-${time}.${format}`,
    mediaType: MEDIA_TYPES[format],
    chunks: format === "csv" ? csv(wanted, head) : jsonLines(wanted, head),
  };
}

interface Head {
  exportedAt: string;
  filter: Record<string, string>;
  upToEvent: number;
}

async function* csv(filter: AuditFilter, head: Head): AsyncGenerator<string> {
  const about = `Audit events of Latchkey, exported at ${head.exportedAt}, filter: ${toQueryString(filter) || "none"}`;
  const names = COLUMNS.map(([name]) => name);
  // Excel reads UTF-8 only with a mark.
  yield `\uFEFF${toCsv([[about], names])}`;
  for await (const events of pages(filter, head)) {
    yield toCsv(events.map((event) => COLUMNS.map(([, read]) => read(event))));
  }
}

async function* jsonLines(filter: AuditFilter, head: Head): AsyncGenerator<string> {
  yield `${JSON.stringify({ kind: "AuditExport", ...head })}\n`;
  for await (const events of pages(filter, head)) yield toJsonLines(events);
}

/** Events as JSON lines, with the names of the export. */
export function toJsonLines(events: readonly ListedAuditEvent[]): string {
  const lines = events.map((event) => {
    const entries = COLUMNS.map(([name, read]) => [name, read(event)]);
    return `${JSON.stringify(Object.fromEntries(entries))}\n`;
  });
  return lines.join("");
}

async function* pages(filter: AuditFilter, head: Head): AsyncGenerator<ListedAuditEvent[]> {
  // Nothing that came later: not this export's own event either.
  let position = { atMs: Date.parse("9999-01-01"), seq: head.upToEvent };
  for (;;) {
    const events = await query(async (db) => {
      const wanted = await toAuditQuery(db, { ...filter, after: position });
      return selectAuditEvents(db, { ...wanted, limit: PAGE_SIZE });
    });
    const known = events.filter(({ seq }) => seq < head.upToEvent);
    if (known.length > 0) yield known;
    const last = events.at(-1);
    if (!last || events.length < PAGE_SIZE) return;
    position = positionOf(last);
  }
}
