import { listAuditEventsOf, listAuditEventsOfUser } from "@/db/audit-events";
import { query } from "@/db/client";
import { readUsernames } from "@/db/usernames";
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
  /** What a user that it is about is called now; null for other objects and who is gone. */
  objectUsername: string | null;
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
  return events.map((event) => toHistoryEvent(event, new Map()));
}

/**
 * The newest events about a user, what is theirs, and what they did, newest first: for admins and
 * for that user; for others there is none (notFound).
 */
export async function userHistory(actor: Actor, id: string): Promise<HistoryEvent[]> {
  await getUser(actor, id);
  return query(async (db) => {
    const page = { beforeSeq: Number.MAX_SAFE_INTEGER, limit: PAGE_SIZE };
    const events = await listAuditEventsOfUser(db, id, page);
    const users = events.filter(({ objectKind }) => objectKind === "user");
    const ids = [...new Set(users.map(({ objectName }) => objectName))];
    const usernames = await readUsernames(db, ids);
    return events.map((event) => toHistoryEvent(event, usernames));
  });
}

function toHistoryEvent(
  event: Omit<HistoryEvent, "objectUsername">,
  usernames: ReadonlyMap<string, string>,
): HistoryEvent {
  return {
    seq: event.seq,
    at: event.at,
    actorId: event.actorId,
    actorName: event.actorName,
    actorToken: event.actorToken,
    action: event.action,
    objectKind: event.objectKind,
    objectName: event.objectName,
    objectUsername: event.objectKind === "user" ? (usernames.get(event.objectName) ?? null) : null,
    outcome: event.outcome,
    reason: event.reason,
    before: event.before,
    after: event.after,
    address: event.address,
    userAgent: event.userAgent,
  };
}
