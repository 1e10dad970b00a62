import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import type { Actor } from "../actor";
import { DomainError, type FieldProblem } from "../errors";
import type { AuditAction } from "./actions";
import { type AuditObject, auditEvent } from "./event";

/** Records that an actor was refused, and returns the error to throw. */
export async function refuse(
  actor: Actor,
  action: AuditAction,
  object: AuditObject,
  message: string,
  fields: readonly FieldProblem[] = [],
): Promise<DomainError> {
  const event = auditEvent(actor, action, object, { outcome: "denied", reason: message });
  await transaction((tx) => insertAuditEvent(tx, event));
  return new DomainError("forbidden", message, { fields });
}
