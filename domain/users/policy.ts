import type { Actor, Role } from "../actor";
import type { AuditAction } from "../audit/actions";
import { refuse } from "../audit/refuse";
import { DomainError } from "../errors";
import { requireRecentProof } from "../sessions/proof";

/**
 * Users are changed by the operator at the command line and by admins, in a browser with a recent
 * proof of who they are (proofRequired); others are refused.
 */
export async function requireUserManager(actor: Actor, action: AuditAction): Promise<void> {
  if (canManageUsers(actor)) return requireRecentProof(actor);
  const object = { kind: "user", name: "", ownerId: null } as const;
  throw await refuse(actor, action, object, "only an administrator can manage users");
}

/** And shown to them by the API for programs, without a proof. */
export function requireUserReader(actor: Actor): void {
  if (canManageUsers(actor)) return;
  throw new DomainError("forbidden", "only an administrator can see users");
}

export function canManageUsers(actor: Actor): boolean {
  return actor.kind === "system" || actor.role === "admin";
}

export const LAST_ADMIN =
  "the last enabled administrator cannot be demoted, disabled or deleted: make another one first";

/** Whether an enabled administrator would stop being one. */
export function losesAdmin(
  stored: { role: Role; enabled: boolean },
  changes: { role: Role; enabled: boolean },
): boolean {
  const isAdmin = (user: typeof stored) => user.role === "admin" && user.enabled;
  return isAdmin(stored) && !isAdmin(changes);
}

export function userNotFound(username: string): DomainError {
  return new DomainError("notFound", `there is no user ${username}`, { missing: "user" });
}
