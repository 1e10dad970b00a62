import type { NewAuditEvent } from "@/db/audit-events";
import type { Actor, Origin } from "../actor";
import type { AuditAction } from "./actions";

export interface AuditObject {
  kind: "token" | "user" | "setting" | "inventory" | "view" | "audit" | "bulk";
  name: string;
  ownerId: string | null;
}

const NAME_LENGTH_MAX = 256;

interface Details {
  outcome?: NewAuditEvent["outcome"];
  reason?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** An event of an authenticated actor. Before and after hold allow-listed fields only. */
export function auditEvent(
  actor: Actor,
  action: AuditAction,
  object: AuditObject,
  details: Details = {},
): NewAuditEvent {
  return {
    actorId: actor.kind === "user" ? actor.userId : null,
    actorName: actor.username,
    actorToken: actor.kind === "user" ? actor.tokenName : null,
    ...eventOf(action, object, actor.origin, details),
  };
}

/** An event of somebody who is not authenticated: a sign-in, or an attempt at one. */
export function anonymousEvent(
  claimed: { id: string | null; username: string },
  action: AuditAction,
  object: AuditObject,
  origin: Origin,
  details: Details = {},
): NewAuditEvent {
  return {
    actorId: claimed.id,
    actorName: claimed.username,
    actorToken: null,
    ...eventOf(action, object, origin, details),
  };
}

function eventOf(action: AuditAction, object: AuditObject, origin: Origin, details: Details) {
  return {
    action,
    objectKind: object.kind,
    objectName: clipped(object.name),
    ownerId: object.ownerId,
    outcome: details.outcome ?? "success",
    reason: details.reason ?? null,
    before: details.before ?? null,
    after: details.after ?? null,
    address: origin.address,
    userAgent: origin.userAgent,
    requestId: origin.requestId,
  };
}

// An address can name an object at any length; the indexes of the trail take no more than this.
function clipped(name: string): string {
  return name.length <= NAME_LENGTH_MAX ? name : `${name.slice(0, NAME_LENGTH_MAX - 1)}…`;
}
