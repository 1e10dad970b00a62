import type { Actor } from "../actor";
import { DomainError } from "../errors";
import { stillWorks } from "./check";

/**
 * Refuses an actor whose token has stopped working meanwhile, or whose role has changed
 * (unauthenticated): between the parts of what takes long.
 */
export async function requireWorking(actor: Actor): Promise<void> {
  if (actor.kind !== "user" || (await stillWorks(actor))) return;
  throw new DomainError("unauthenticated", "Unauthorized");
}
