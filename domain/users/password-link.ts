import { hash, randomBytes } from "node:crypto";
import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { findPasswordLink, storePasswordLink, takePasswordLink } from "@/db/password-links";
import { findUser, lockUser, updateUser } from "@/db/users";
import type { Actor, Origin } from "../actor";
import { anonymousEvent, auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { endSessions } from "../tokens/remove-tokens";
import { hashPassword, passwordProblem } from "./password";
import { requireUserManager, userNotFound } from "./policy";
import { linkedPasswordInput } from "./schema";

const LIFETIME_MS = 24 * 3_600_000;

/**
 * Makes a link with which a user sets a password once, within a day, in place of an older one. Its
 * secret is returned once and only its hash is stored. For admins; the old password goes on working
 * until the link is used.
 */
export async function createPasswordLink(
  actor: Actor,
  id: string,
): Promise<{ secret: string; expiresAt: Date }> {
  await requireUserManager(actor, "user.create-password-link");
  const secret = randomBytes(32).toString("base64url");
  const object = { kind: "user", name: id, ownerId: id } as const;
  const expiresAt = await transaction(async (tx) => {
    if (!(await lockUser(tx, id, "update"))) throw userNotFound(id);
    const link = { userId: id, secretHash: hashOf(secret), lifetimeMs: LIFETIME_MS };
    const end = await storePasswordLink(tx, link);
    const details = { after: { expiresAt: end } };
    await insertAuditEvent(tx, auditEvent(actor, "user.create-password-link", object, details));
    return end;
  });
  return { secret, expiresAt };
}

/**
 * Sets a password by a link and ends all sign-ins of its user; returns the user's name. Refuses a
 * link that is unknown, used or too old, all alike (notFound), and a bad password (invalid), after
 * which the link can be used again.
 */
export async function setPasswordByLink(input: unknown, origin: Origin): Promise<string> {
  const parsed = parseInput(linkedPasswordInput, input);
  if (parsed.problems) {
    // A secret that no link has is as unknown as any other.
    const isOfLink = parsed.problems.some(({ path }) => path === "secret");
    throw isOfLink ? linkNotFound() : invalid(parsed.problems);
  }
  const { secret, password } = parsed.value;
  const secretHash = hashOf(secret);
  const user = await query(async (db) => {
    const userId = await findPasswordLink(db, secretHash);
    return userId === undefined ? undefined : findUser(db, userId);
  });
  if (!user) throw linkNotFound();
  const { passwordLengthMin } = await query((db) => currentSettings(db));
  const problem = await passwordProblem(password, user.username, passwordLengthMin);
  if (problem) throw invalid([problem]);
  const passwordHash = await hashPassword(password);
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  await transaction(async (tx) => {
    await lockUser(tx, user.id, "update");
    if (!(await takePasswordLink(tx, secretHash))) throw linkNotFound();
    const actor = { kind: "system", username: user.username, origin } as const;
    const reason = "its owner's password was changed";
    const endedSessions = await endSessions(tx, actor, user.id, reason);
    const details = { after: { endedSessions }, reason: "by a one-time link" };
    const event = anonymousEvent(user, "user.change-password", object, origin, details);
    const resourceVersion = await insertAuditEvent(tx, event);
    await updateUser(tx, user.id, { passwordHash, resourceVersion });
  });
  return user.username;
}

function hashOf(secret: string): string {
  return `v1:sha256:${hash("sha256", secret, "base64url")}`;
}

function linkNotFound(): DomainError {
  return new DomainError(
    "notFound",
    "This link was used already, or is too old. Ask an administrator for another one.",
  );
}
