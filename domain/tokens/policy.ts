import { type Actor, isAdmin } from "../actor";

interface Owned {
  ownerId: string;
}

/** Only a user can own a token: the system and its operator get none. */
export function canCreate(actor: Actor): boolean {
  return actor.kind === "user";
}

/** Admins see every token, everybody else their own; what one cannot read does not exist. */
export function canRead(actor: Actor, token: Owned): boolean {
  const ownerId = visibleOwner(actor);
  return ownerId === undefined || ownerId === token.ownerId;
}

export const canUpdate = canRead;
export const canDelete = canRead;

export function canExtend(actor: Actor): boolean {
  return isAdmin(actor);
}

/** The owner to whom every query of this actor is limited; undefined is everybody. */
export function visibleOwner(actor: Actor): string | undefined {
  return actor.kind === "user" && actor.role !== "admin" ? actor.userId : undefined;
}
