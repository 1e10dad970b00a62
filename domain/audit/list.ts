import { findAuditEvent, type ListedAuditEvent, selectAuditEvents } from "@/db/audit-list";
import { query } from "@/db/client";
import type { Actor } from "../actor";
import { DomainError } from "../errors";
import type { AuditFilter, AuditPosition } from "./filter";
import { requireAuditReader } from "./policy";
import { toAuditQuery } from "./query";

export interface AuditPage {
  events: ListedAuditEvent[];
  /** Of the neighbouring pages, to be put into the filter's `after` (older) and `before` (newer). */
  older: AuditPosition | null;
  newer: AuditPosition | null;
}

const PAGE_SIZE_MAX = 1_000;

/** One page of the events that the filter selects, the newest first. For admins (else forbidden). */
export async function listAuditEvents(
  actor: Actor,
  filter: AuditFilter,
  { size }: { size: number },
): Promise<AuditPage> {
  requireAuditReader(actor);
  const limit = Math.min(Math.max(size, 1), PAGE_SIZE_MAX);
  const rows = await query(async (db) =>
    selectAuditEvents(db, { ...(await toAuditQuery(db, filter)), limit: limit + 1 }),
  );
  const isBackwards = filter.before !== undefined;
  const hasMore = rows.length > limit;
  const events = rows.slice(0, limit);
  if (isBackwards) events.reverse();
  const [first, last] = [events[0], events.at(-1)];
  const hasOlder = isBackwards || hasMore;
  const hasNewer = isBackwards ? hasMore : filter.after !== undefined;
  return {
    events,
    older: hasOlder && last ? positionOf(last) : null,
    newer: hasNewer && first ? positionOf(first) : null,
  };
}

/** One event by its number. For admins (else forbidden); a missing one is notFound. */
export async function getAuditEvent(actor: Actor, seq: number): Promise<ListedAuditEvent> {
  requireAuditReader(actor);
  const event = await query((db) => findAuditEvent(db, seq));
  if (!event) throw new DomainError("notFound", `there is no audit event ${seq}`);
  return event;
}

export function positionOf({ at, seq }: { at: Date; seq: number }): AuditPosition {
  return { atMs: at.getTime(), seq };
}
