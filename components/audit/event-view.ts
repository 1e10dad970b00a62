/** What the page shows of an event, also of one that comes while it is open. */
export interface AuditEventView {
  seq: number;
  at: string;
  actorName: string;
  action: string;
  objectKind: string;
  objectName: string;
  /** The name of the user whom the event is about, where its object is one that still exists. */
  subjectName: string | null;
  ownerId: string | null;
  ownerName: string | null;
  outcome: "success" | "failure" | "denied";
  reason: string | null;
  address: string | null;
}

/** Picks it out of a whole event. */
export function toAuditEventView(event: Omit<AuditEventView, "at"> & { at: Date }): AuditEventView {
  return {
    seq: event.seq,
    at: event.at.toISOString(),
    actorName: event.actorName,
    action: event.action,
    objectKind: event.objectKind,
    objectName: event.objectName,
    subjectName: event.subjectName,
    ownerId: event.ownerId,
    ownerName: event.ownerName,
    outcome: event.outcome,
    reason: event.reason,
    address: event.address,
  };
}
