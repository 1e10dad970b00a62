import type { ViewList, ViewScope } from "@/db/saved-views";
import { isAdmin, type UserActor } from "../actor";
import { DomainError } from "../errors";

/**
 * Everybody has views of their own list; those of everybody's tokens, shared ones among them, are for
 * admins. Whoever may see a view may change it: its owner, and of a shared one any admin.
 */
export function requireViews(actor: UserActor, list: ViewList): void {
  if (list === "own" || isAdmin(actor)) return;
  throw new DomainError("forbidden", "only an administrator can see everybody's tokens");
}

/** What this actor sees of the views of a list. */
export function viewScope(actor: UserActor): ViewScope {
  return { userId: actor.userId, withShared: isAdmin(actor) };
}

/** The one answer for a missing view and for somebody else's. */
export function viewNotFound(): DomainError {
  return new DomainError("notFound", "There is no such view.", { missing: "view" });
}

export function nameTaken(): DomainError {
  const message = "There is a view of this name already.";
  return new DomainError("alreadyExists", message, {
    fields: [{ path: "name", type: "invalid", message }],
  });
}
