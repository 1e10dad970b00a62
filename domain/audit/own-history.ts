import { listAuditEventsOfUser } from "@/db/audit-events";
import { query } from "@/db/client";
import type { UserActor } from "../actor";
import { invalid } from "../errors";

/** An event as its person may see it: what they did, and what was done to what is theirs. */
interface OwnEvent {
  seq: number;
  at: Date;
  /** Whether the actor of the event is the person who reads it. */
  isOwn: boolean;
  /** Whether it was done to what is theirs. */
  isTheirs: boolean;
  actorName: string;
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

export interface OwnHistory {
  events: OwnEvent[];
  /** To be passed as `before` for older events; null when there are none. */
  older: number | null;
}

const PAGE_SIZE = 20;

/** The newest events by the actor and about what is theirs, newest first; no one else's. */
export async function ownHistory(actor: UserActor, before?: number): Promise<OwnHistory> {
  const beforeSeq = before ?? Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(beforeSeq)) {
    throw invalid([{ path: "before", type: "invalid", message: "must be the number of an event" }]);
  }
  const rows = await query((db) =>
    listAuditEventsOfUser(db, actor.userId, { beforeSeq, limit: PAGE_SIZE + 1 }),
  );
  const shown = rows.slice(0, PAGE_SIZE);
  return {
    events: shown.map((row) => ({
      seq: row.seq,
      at: row.at,
      isOwn: row.actorId === actor.userId,
      isTheirs: row.ownerId === actor.userId,
      actorName: row.actorName,
      action: row.action,
      objectKind: row.objectKind,
      objectName: row.objectName,
      outcome: row.outcome,
      reason: row.reason,
      before: row.before,
      after: row.after,
      address: row.address,
      userAgent: row.userAgent,
    })),
    older: rows.length > PAGE_SIZE ? (shown.at(-1)?.seq ?? null) : null,
  };
}
