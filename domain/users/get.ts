import { query } from "@/db/client";
import { listIdentities } from "@/db/identities";
import { findUser } from "@/db/users";
import type { Actor } from "../actor";
import { canManageUsers, userNotFound } from "./policy";
import { toUser, type User } from "./user";

/** Who a user is at an identity provider. */
export interface Identity {
  issuer: string;
  subject: string;
  /** What the provider called the person last: to show, never to decide by. */
  label: string;
  linkedAt: Date;
  lastUsedAt: Date;
}

/** A user, for admins and for that user; for others there is none (notFound). */
export async function getUser(actor: Actor, id: string): Promise<User> {
  const row = maySee(actor, id) ? await query((db) => findUser(db, id)) : undefined;
  if (!row) throw userNotFound(id);
  return toUser(row);
}

/** The identities of a user, for whom getUser gives the user. */
export async function identitiesOf(actor: Actor, id: string): Promise<Identity[]> {
  if (!maySee(actor, id)) throw userNotFound(id);
  const rows = await query((db) => listIdentities(db, id));
  return rows.map(({ issuer, subject, label, linkedAt, lastUsedAt }) => ({
    issuer,
    subject,
    label,
    linkedAt,
    lastUsedAt,
  }));
}

function maySee(actor: Actor, id: string): boolean {
  return canManageUsers(actor) || (actor.kind === "user" && actor.userId === id);
}
