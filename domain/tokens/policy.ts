import { type Actor, isAdmin, type UserActor } from "../actor";

/** Only a user can own a token: the system and its operator get none. */
export function canCreate(actor: Actor): actor is UserActor {
  return actor.kind === "user";
}

/** Owners may shorten a token's life; only admins may lengthen it. */
export function canExtend(actor: Actor): boolean {
  return isAdmin(actor);
}

/**
 * The owner to whom every read and write of this actor is limited, in the query itself; undefined
 * is everybody. What is outside of it does not exist for the actor.
 */
export function visibleOwner(actor: Actor): string | undefined {
  return actor.kind === "user" && actor.role !== "admin" ? actor.userId : undefined;
}

/** Other people's tokens may be checked by admins and verifiers. */
export function canReviewTokens(actor: Actor): boolean {
  return actor.kind === "user" && actor.role !== "user";
}
