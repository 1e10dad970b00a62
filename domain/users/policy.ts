import type { Actor } from "../actor";
import { DomainError } from "../errors";

/** Users are changed by the operator at the command line and by admins; others are refused. */
export function requireUserManager(actor: Actor): void {
  if (actor.kind === "system" || actor.role === "admin") return;
  throw new DomainError("forbidden", "only an administrator can manage users");
}

export function userNotFound(username: string): DomainError {
  return new DomainError("notFound", `there is no user ${username}`);
}
