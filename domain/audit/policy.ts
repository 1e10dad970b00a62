import type { Actor } from "../actor";
import { DomainError } from "../errors";

/** The trail of everybody is read by administrators and by the operator at the command line. */
export function requireAuditReader(actor: Actor): void {
  if (actor.kind === "system" || actor.role === "admin") return;
  throw new DomainError("forbidden", "only an administrator can read the audit trail");
}
