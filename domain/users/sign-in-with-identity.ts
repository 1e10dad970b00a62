import { insertAuditEvent } from "@/db/audit-events";
import { type Executor, query, transaction } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { findIdentity, insertIdentity, touchIdentity } from "@/db/identities";
import { insertUser, lockUserAndAdmins, type UserRecord, updateUser } from "@/db/users";
import type { Origin } from "../actor";
import { anonymousEvent } from "../audit/event";
import { DomainError } from "../errors";
import { currentSettings } from "../settings/settings";
import { mintUserId } from "../tokens/secret";
import { type Claims, claims, displayNameFrom, labelOf, usernameFrom } from "./claims";
import { countSignInOutcome } from "./sign-in-counts";
import { type Principal, type SignedIn, startSession } from "./start-session";

const NAME_TRIES_MAX = 5;

interface Policy {
  /** Whose members are administrators; null leaves roles to people. */
  adminGroup: string | null;
}

/**
 * Signs in the person whose verified claims these are. Who they are is issuer and subject alone: a
 * new pair makes a new user, whatever names or addresses it shares with another. The group gives
 * the admin role and takes away what it gave, but never that of the last enabled administrator.
 * Refuses a disabled user (unauthenticated).
 */
export async function signInWithIdentity(
  given: unknown,
  policy: Policy,
  origin: Origin,
): Promise<SignedIn> {
  const parsed = claims.safeParse(given);
  if (!parsed.success) throw refused();
  const identity = parsed.data;
  const userId = await findOrCreate(identity, policy, origin);
  const session = await transaction(async (tx) => {
    const locked = await lockUserAndAdmins(tx, userId, {
      withIdentity: async () => !(await currentSettings(tx)).localSignIn,
    });
    if (!locked.user?.enabled) return null;
    const user = await withRoleOfGroup(tx, locked.user, locked.otherAdmins, {
      identity,
      policy,
      origin,
    });
    await touchIdentity(tx, { ...keyOf(identity), label: labelOf(identity) });
    return startSession(tx, user, principalOf(identity), origin);
  });
  countSignInOutcome(session ? "success" : "failure");
  if (session) return session;
  await recordRefusal(userId, origin);
  throw refused();
}

async function findOrCreate(identity: Claims, policy: Policy, origin: Origin): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const known = await query((db) => findIdentity(db, keyOf(identity)));
    if (known) return known.userId;
    try {
      return await createUserOf(identity, policy, origin, tries);
    } catch (error) {
      // The name is somebody's, or the same person signs in twice at once.
      if (!isUniqueViolation(error) || tries >= NAME_TRIES_MAX) throw error;
    }
  }
}

async function createUserOf(
  identity: Claims,
  policy: Policy,
  origin: Origin,
  tries: number,
): Promise<string> {
  const id = mintUserId();
  const suffix = tries === 1 ? "" : `-${id.slice(-5)}`;
  const username = `${usernameFrom(identity)}${suffix}`;
  const displayName = displayNameFrom(identity);
  const isInGroup = isAdminBy(identity, policy);
  const role = isInGroup ? "admin" : "user";
  const object = { kind: "user", name: id, ownerId: id } as const;
  return transaction(async (tx) => {
    const after = { username, displayName, role, enabled: true, identity: keyOf(identity) };
    const reason = "first sign-in at the identity provider";
    const event = anonymousEvent({ id, username }, "user.create", object, origin, {
      after,
      reason,
    });
    const resourceVersion = await insertAuditEvent(tx, event);
    const user = { id, username, displayName, role, passwordHash: null } as const;
    await insertUser(tx, { ...user, roleFromGroup: isInGroup, resourceVersion });
    await insertIdentity(tx, { ...keyOf(identity), userId: id, label: labelOf(identity) });
    return id;
  });
}

async function withRoleOfGroup(
  tx: Executor,
  user: UserRecord,
  otherAdmins: number,
  { identity, policy, origin }: { identity: Claims; policy: Policy; origin: Origin },
): Promise<UserRecord> {
  if (policy.adminGroup === null) return user;
  const isInGroup = isAdminBy(identity, policy);
  const isRaised = isInGroup && user.role !== "admin";
  const isLowered = !isInGroup && user.role === "admin" && user.roleFromGroup;
  if (!isRaised && !isLowered) return user;
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  const role = isRaised ? "admin" : "user";
  const details = { before: { role: user.role }, after: { role } };
  if (isLowered && otherAdmins === 0) {
    const reason = "left the administrators' group, but is the last enabled administrator";
    const denied = { ...details, outcome: "denied", reason } as const;
    await insertAuditEvent(tx, anonymousEvent(user, "user.update", object, origin, denied));
    return user;
  }
  const reason = isRaised ? "is in the administrators' group" : "left the administrators' group";
  const event = anonymousEvent(user, "user.update", object, origin, { ...details, reason });
  const resourceVersion = await insertAuditEvent(tx, event);
  const changes = { role, roleFromGroup: isRaised, resourceVersion } as const;
  await updateUser(tx, user.id, changes);
  return { ...user, ...changes };
}

async function recordRefusal(userId: string, origin: Origin): Promise<void> {
  const object = { kind: "user", name: userId, ownerId: userId } as const;
  const details = { outcome: "failure", reason: "user is disabled" } as const;
  const claimed = { id: userId, username: "(by the identity provider)" };
  const event = anonymousEvent(claimed, "session.sign-in", object, origin, details);
  await transaction((tx) => insertAuditEvent(tx, event));
}

function isAdminBy(identity: Claims, { adminGroup }: Policy): boolean {
  return adminGroup !== null && (identity.groups?.includes(adminGroup) ?? false);
}

function keyOf(identity: Claims) {
  return { issuer: identity.iss, subject: identity.sub };
}

function principalOf(identity: Claims): Principal {
  return {
    name: `oidc_user://${identity.sub}`,
    displayName: displayNameFrom(identity) || labelOf(identity),
    loginName: labelOf(identity),
    principalType: "user",
    provider: "oidc",
  };
}

function refused(): DomainError {
  return new DomainError("unauthenticated", "You could not be signed in.");
}
