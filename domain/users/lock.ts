import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { clearAttempts, listAttempts } from "@/db/sign-in-failures";
import { findUser, lockUser } from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError } from "../errors";
import { forgetRefusals } from "./known-refusals";
import { canManageUsers, requireUserManager, userNotFound } from "./policy";
import { lockKeysOf } from "./throttle";

/** Why a user's sign-ins are refused at the moment. */
export interface SignInLock {
  /** Everywhere but at the user's usual places, or at some places only. */
  where: "elsewhere" | "some places";
  endsAt: Date;
}

/** The limit that guesses at this user's password have reached, or null. For admins. */
export async function signInLockOf(actor: Actor, id: string): Promise<SignInLock | null> {
  if (!canManageUsers(actor))
    throw new DomainError("forbidden", "only an administrator may see it");
  const user = await query((db) => findUser(db, id));
  if (!user) throw userNotFound(id);
  const { keys, pairPrefix, pairAttemptsMax } = lockKeysOf(user.username);
  const counts = await query((db) =>
    listAttempts(db, { keys: keys.map(({ key }) => key), prefix: pairPrefix }),
  );
  const over = counts.filter(({ key, attempts }) => {
    const limit = keys.find((known) => known.key === key)?.attemptsMax ?? pairAttemptsMax;
    return attempts >= limit;
  });
  if (over.length === 0) return null;
  const isEverywhere = over.some(({ key }) => !key.startsWith(pairPrefix));
  const endsAtMs = Math.max(...over.map(({ endsAt }) => endsAt.getTime()));
  return { where: isEverywhere ? "elsewhere" : "some places", endsAt: new Date(endsAtMs) };
}

/** Lets a user try again at once, wherever guesses had locked them out. For admins. */
export async function liftSignInLock(actor: Actor, id: string): Promise<void> {
  await requireUserManager(actor, "user.unlock");
  await transaction(async (tx) => {
    const user = await lockUser(tx, id, "share");
    if (!user) throw userNotFound(id);
    const { keys, pairPrefix } = lockKeysOf(user.username);
    await clearAttempts(
      tx,
      keys.map(({ key }) => key),
      pairPrefix,
    );
    const object = { kind: "user", name: id, ownerId: id } as const;
    await insertAuditEvent(tx, auditEvent(actor, "user.unlock", object));
  });
  forgetRefusals();
}
