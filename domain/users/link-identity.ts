import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { deleteIdentity, findIdentity, insertIdentity, listIdentities } from "@/db/identities";
import { lockUser } from "@/db/users";
import type { UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { requireRecentProof } from "../sessions/proof";
import { currentSettings } from "../settings/settings";
import { claims, labelOf } from "./claims";
import { userNotFound } from "./policy";
import { unlinkIdentityInput } from "./schema";

/**
 * Links the identity of these verified claims to the actor's own account, to sign in with from now
 * on. Refuses one that is somebody's (alreadyExists), and without a recent proof (proofRequired).
 */
export async function linkIdentity(actor: UserActor, given: unknown): Promise<void> {
  await requireRecentProof(actor);
  const identity = claims.parse(given);
  const key = { issuer: identity.iss, subject: identity.sub };
  const object = { kind: "user", name: actor.userId, ownerId: actor.userId } as const;
  try {
    await transaction(async (tx) => {
      const stored = { ...key, userId: actor.userId, label: labelOf(identity) };
      const event = auditEvent(actor, "user.link-identity", object, { after: key });
      if (!(await lockUser(tx, actor.userId, "share"))) throw userNotFound(actor.userId);
      await insertIdentity(tx, stored);
      await insertAuditEvent(tx, event);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const known = await query((db) => findIdentity(db, key));
    if (known?.userId === actor.userId) return;
    throw new DomainError("alreadyExists", "That identity belongs to another account already.");
  }
}

/** Whether these verified claims are of an identity of the actor's. */
export async function isOwnIdentity(actor: UserActor, given: unknown): Promise<boolean> {
  const { iss, sub } = claims.parse(given);
  const known = await query((db) => findIdentity(db, { issuer: iss, subject: sub }));
  return known?.userId === actor.userId;
}

/**
 * Takes an identity off the actor's own account. Refuses when nothing would be left to sign in
 * with (forbidden).
 */
export async function unlinkIdentity(actor: UserActor, input: unknown): Promise<void> {
  await requireRecentProof(actor);
  const parsed = parseInput(unlinkIdentityInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const key = parsed.value;
  const object = { kind: "user", name: actor.userId, ownerId: actor.userId } as const;
  await transaction(async (tx) => {
    const user = await lockUser(tx, actor.userId, "update");
    if (!user) throw userNotFound(actor.userId);
    // Once the user is held: switching passwords off waits for that.
    const { localSignIn } = await currentSettings(tx);
    const own = await listIdentities(tx, actor.userId);
    const isOwn = own.some(
      ({ issuer, subject }) => issuer === key.issuer && subject === key.subject,
    );
    if (!isOwn) throw new DomainError("notFound", "That identity is not linked.");
    const hasPassword = user.passwordHash !== null && localSignIn;
    if (own.length === 1 && !hasPassword) {
      throw new DomainError("forbidden", "Set a password first: nothing else would let you in.");
    }
    const event = auditEvent(actor, "user.unlink-identity", object, { before: key });
    await insertAuditEvent(tx, event);
    await deleteIdentity(tx, key);
  });
}
