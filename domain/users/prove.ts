import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { storeProof } from "@/db/session-proofs";
import { findUser, type UserRecord } from "@/db/users";
import type { UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { invalid } from "../errors";
import { isPassword } from "./password";
import { userNotFound } from "./policy";
import { countSignIn, forgiveSignIn, judgeSignIn } from "./throttle";

/**
 * Proves by the password that the person at this browser is still its user: for 15 minutes nothing
 * asks again. Counted like a sign-in. Refuses a wrong password (invalid).
 */
export async function proveByPassword(actor: UserActor, password: string): Promise<void> {
  const user = await query((db) => findUser(db, actor.userId));
  if (!user) throw userNotFound(actor.userId);
  await requireOwnPassword(actor, user, password, "password");
  await noteProof(actor, "by password");
}

/** Notes that the person at this browser has just signed in anew at the identity provider. */
export function proveByIdentity(actor: UserActor): Promise<void> {
  return noteProof(actor, "at the identity provider");
}

/** Refuses a password that is not the user's (invalid, at that field), counting the attempt. */
export async function requireOwnPassword(
  actor: UserActor,
  user: UserRecord,
  password: string,
  path: string,
): Promise<void> {
  const attempt = { username: user.username, userId: user.id, address: actor.origin.address };
  const counted = await countSignIn(attempt);
  const { refusal } = counted;
  const judge = () => isPassword(password, user.passwordHash);
  const isRight = !refusal && (await judgeSignIn(counted, judge));
  if (isRight) return forgiveSignIn(counted);
  const reason = refusal ? "too many attempts" : "wrong password";
  const outcome = refusal ? "denied" : "failure";
  const event = auditEvent(actor, "session.prove", objectOf(actor), { outcome, reason });
  await transaction((tx) => insertAuditEvent(tx, event));
  throw refusal ?? invalid([{ path, type: "invalid", message: "is not your password" }]);
}

async function noteProof(actor: UserActor, reason: string): Promise<void> {
  await transaction(async (tx) => {
    const event = auditEvent(actor, "session.prove", objectOf(actor), { reason });
    await insertAuditEvent(tx, event);
    await storeProof(tx, actor.tokenName);
  });
}

function objectOf(actor: UserActor) {
  return { kind: "token", name: actor.tokenName, ownerId: actor.userId } as const;
}
