import type { Actor } from "../actor";
import type { AuditAction } from "../audit/event";
import { refuse } from "../audit/refuse";
import { DomainError } from "../errors";

/** Users are changed by the operator at the command line and by admins; others are refused. */
export async function requireUserManager(actor: Actor, action: AuditAction): Promise<void> {
  if (actor.kind === "system" || actor.role === "admin") return;
  const object = { kind: "user", name: "", ownerId: null } as const;
  throw await refuse(actor, action, object, "only an administrator can manage users");
}

export function userNotFound(username: string): DomainError {
  return new DomainError("notFound", `there is no user ${username}`);
}
