import type { UserActor } from "../actor";
import { tokenNotFound } from "../errors";
import { deleteToken } from "../tokens/delete";
import { getToken } from "../tokens/get";

/**
 * Ends a sign-in at once, also for a copied cookie: the actor's own, or anybody's for admins.
 * Refuses what is none, is missing or is somebody else's alike (notFound).
 */
export async function endSession(actor: UserActor, name: string): Promise<void> {
  const { kind } = await getToken(actor, name);
  if (kind !== "session") throw tokenNotFound(name);
  await deleteToken(actor, name, { action: "session.sign-out" });
}
