import { listAuditEventsOf } from "@/db/audit-events";
import { query } from "@/db/client";

export interface HistoryEvent {
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
  return events.map((event) => ({
    seq: event.seq,
    at: event.at,
    actorName: event.actorName,
    actorToken: event.actorToken,
    action: event.action,
    outcome: event.outcome,
    reason: event.reason,
    before: event.before,
    after: event.after,
    address: event.address,
    userAgent: event.userAgent,
  }));
}
