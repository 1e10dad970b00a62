import { listAuditEventsAround, listAuditEventsOf } from "@/db/audit-events";
import { query } from "@/db/client";
import type { Actor } from "../actor";
import { getUser } from "../users/get";

export interface HistoryEvent {
  seq: number;
  at: Date;
  actorId: string | null;
  actorName: string;
  actorToken: string | null;
  action: string;
  objectKind: string;
  objectName: string;
  outcome: "success" | "failure" | "denied";
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
  userAgent: string | null;
}

const PAGE_SIZE = 50;

/** The newest events of a token that the caller has already been allowed to read, newest first. */
export async function tokenHistory(name: string): Promise<HistoryEvent[]> {
  const events = await query((db) =>
    listAuditEventsOf(
      db,
      { kind: "token", name },
      { beforeSeq: Number.MAX_SAFE_INTEGER, limit: PAGE_SIZE },
    ),
  );
  return events.map(toHistoryEvent);
}

/**
 * The newest events about a user, what is theirs, and what they did, newest first: for admins and
 * for that user; for others there is none (notFound).
 */
export async function userHistory(actor: Actor, id: string): Promise<HistoryEvent[]> {
  await getUser(actor, id);
  const events = await query((db) => listAuditEventsAround(db, id, PAGE_SIZE));
  return events.map(toHistoryEvent);
}

function toHistoryEvent(event: HistoryEvent): HistoryEvent {
  return {
    seq: event.seq,
    at: event.at,
    actorId: event.actorId,
    actorName: event.actorName,
    actorToken: event.actorToken,
    action: event.action,
    objectKind: event.objectKind,
    objectName: event.objectName,
    outcome: event.outcome,
    reason: event.reason,
    before: event.before,
    after: event.after,
    address: event.address,
    userAgent: event.userAgent,
  };
}
