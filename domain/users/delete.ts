import { insertAuditEvent } from "@/db/audit-events";
import { type Executor, transaction } from "@/db/client";
import { lockTokensOf } from "@/db/tokens";
import {
  lockUserAndAdmins,
  deleteUser as removeUser,
  type UserRecord,
  updateUser,
} from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { refuse } from "../audit/refuse";
import { DomainError } from "../errors";
import { currentSettings } from "../settings/settings";
import { removeTokens } from "../tokens/remove-tokens";
import { LAST_ADMIN, losesAdmin, requireUserManager, userNotFound } from "./policy";
import { toUser, type User } from "./user";

// So many deletions with their events stay well below the time that a transaction has.
const BATCH_SIZE = 400;

interface DeleteOptions {
  dryRun?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/**
 * Deletes a user with all tokens, each with its event; the audit trail stays. A user with many
 * tokens is disabled first, so that all of them stop at once, and deleted in parts; if that is cut
 * off, deleting again goes on. Refuses as updateUser does.
 */
export async function deleteUser(
  actor: Actor,
  id: string,
  options: DeleteOptions = {},
): Promise<User> {
  await requireUserManager(actor, "user.delete");
  let part = options;
  for (;;) {
    const outcome = await transaction((tx) => deletePart(tx, actor, id, part));
    if (outcome === "more") {
      // Only of the first part: that changes the version itself.
      part = { ...options, preconditions: {} };
      continue;
    }
    if (outcome !== "last-admin") return outcome;
    const object = { kind: "user", name: id, ownerId: id } as const;
    throw await refuse(actor, "user.delete", object, LAST_ADMIN);
  }
}

async function deletePart(tx: Executor, actor: Actor, id: string, options: DeleteOptions) {
  const { user, otherAdmins } = await lockUserAndAdmins(tx, id, {
    withIdentity: async () => !(await currentSettings(tx)).localSignIn,
  });
  if (!user) throw userNotFound(id);
  requirePreconditions(user, options.preconditions ?? {});
  if (otherAdmins === 0 && losesAdmin(user, { ...user, enabled: false })) return "last-admin";
  if (options.dryRun) return toUser(user);
  const ids = await lockTokensOf(tx, id, BATCH_SIZE + 1);
  if (ids.length > BATCH_SIZE && user.enabled) return stop(tx, actor, user);
  await removeTokens(tx, actor, ids.slice(0, BATCH_SIZE), "its owner was deleted");
  if (ids.length > BATCH_SIZE) return "more";
  const { username, displayName, role, enabled } = user;
  const object = { kind: "user", name: id, ownerId: id } as const;
  const details = { before: { username, displayName, role, enabled } };
  await insertAuditEvent(tx, auditEvent(actor, "user.delete", object, details));
  await removeUser(tx, id);
  return toUser(user);
}

async function stop(tx: Executor, actor: Actor, user: UserRecord): Promise<"more"> {
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  const details = {
    before: { enabled: true },
    after: { enabled: false },
    reason: "the user is being deleted",
  };
  const event = auditEvent(actor, "user.disable", object, details);
  const resourceVersion = await insertAuditEvent(tx, event);
  await updateUser(tx, user.id, { enabled: false, resourceVersion });
  return "more";
}

function requirePreconditions(
  user: UserRecord,
  wanted: NonNullable<DeleteOptions["preconditions"]>,
): void {
  const { uid, resourceVersion } = toUser(user);
  const stored = { uid, resourceVersion };
  for (const field of ["uid", "resourceVersion"] as const) {
    const expected = wanted[field];
    if (expected === undefined || expected === stored[field]) continue;
    throw new DomainError(
      "conflict",
      `Precondition failed: ${field} in precondition: ${expected}, in object: ${stored[field]}`,
    );
  }
}
