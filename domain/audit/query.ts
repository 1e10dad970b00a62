import { type AuditQuery, findPastActorId, findPastName } from "@/db/audit-list";
import type { Executor } from "@/db/client";
import { findUser, findUserByUsername } from "@/db/users";
import { type AuditFilter, SINCE_WINDOWS } from "./filter";

const USER_ID = /^user-[bcdfghjklmnpqrstvwxz2456789]{10}$/;

/** What a filter asks for in the terms of the table: people are recorded by id. */
export async function toAuditQuery(
  db: Executor,
  filter: AuditFilter,
): Promise<Omit<AuditQuery, "limit">> {
  const { actor, owner, object, action, outcome, address, request, since, from, to } = filter;
  const [ownerId, objectName, acting] = await Promise.all([
    owner === undefined ? undefined : idOf(db, owner),
    object === undefined ? undefined : objectNameOf(db, object),
    actor === undefined ? {} : actingOf(db, actor),
  ]);
  const position = filter.before ?? filter.after;
  return {
    ...acting,
    ownerId,
    objectName,
    action,
    outcome,
    address,
    requestId: request,
    sinceMs: since && SINCE_WINDOWS[since].ms,
    fromAt: from,
    toAt: to,
    position: position && { ...position, newer: filter.before !== undefined },
  };
}

// The index is of names, which find attempts too where nobody was known to be somebody.
async function actingOf(db: Executor, actor: string) {
  if (!USER_ID.test(actor)) return { actorName: actor };
  const user = await findUser(db, actor);
  // Of somebody who is gone the trail still knows the name.
  const actorName = user?.username ?? (await findPastName(db, actor)) ?? actor;
  return { actorName, actorId: actor };
}

async function idOf(db: Executor, owner: string): Promise<string> {
  if (USER_ID.test(owner)) return owner;
  const user = await findUserByUsername(db, owner);
  return user?.id ?? (await findPastActorId(db, owner)) ?? owner;
}

async function objectNameOf(db: Executor, object: string): Promise<string> {
  const user = await findUserByUsername(db, object);
  return user?.id ?? object;
}
