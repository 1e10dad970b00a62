import type { z } from "zod";
import { insertAuditEvent } from "@/db/audit-events";
import { type Executor, transaction } from "@/db/client";
import { lockUserAndAdmins, type UserRecord, updateUser as writeUser } from "@/db/users";
import type { Actor } from "../actor";
import type { AuditAction } from "../audit/actions";
import { auditEvent } from "../audit/event";
import { refuse } from "../audit/refuse";
import { DomainError, type FieldProblem, invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { endSessions } from "../tokens/remove-tokens";
import { LAST_ADMIN, losesAdmin, requireUserManager, userNotFound } from "./policy";
import { updateUserInput } from "./schema";
import { toUser, type User } from "./user";

type Wanted = z.output<typeof updateUserInput>;
type Changes = Pick<UserRecord, "displayName" | "role" | "enabled">;

/**
 * Changes a user's display name, role or enabled; what is absent stays. Disabling suspends every
 * token at once without touching its own flag; it and a new role end the sign-ins. Enabling brings
 * back exactly the tokens that were enabled. Refuses a missing user (notFound), a stale
 * resourceVersion (conflict), bad or immutable fields (invalid), and to take the last enabled
 * administrator away (forbidden). A dry run stores nothing.
 */
export async function updateUser(
  actor: Actor,
  id: string,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<User> {
  const parsed = parseInput(updateUserInput, input);
  await requireUserManager(actor, actionOf(parsed.problems ? {} : parsed.value));
  if (parsed.problems) throw invalid(parsed.problems);
  const wanted = parsed.value;
  const updated = await transaction(async (tx) => {
    const { user: stored, otherAdmins } = await lockUserAndAdmins(tx, id, {
      withIdentity: async () => !(await currentSettings(tx)).localSignIn,
    });
    if (!stored) throw userNotFound(id);
    requireVersion(stored, wanted.resourceVersion);
    requireImmutable(stored, wanted);
    const changes = merge(stored, wanted);
    if (isUnchanged(stored, changes)) return toUser(stored);
    if (otherAdmins === 0 && losesAdmin(stored, changes)) return null;
    if (options.dryRun) return toUser({ ...stored, ...changes });
    return write(tx, actor, stored, changes);
  });
  if (updated) return updated;
  const object = { kind: "user", name: id, ownerId: id } as const;
  throw await refuse(actor, actionOf(wanted), object, LAST_ADMIN);
}

async function write(tx: Executor, actor: Actor, stored: UserRecord, changes: Changes) {
  const endsSessions = (stored.enabled && !changes.enabled) || stored.role !== changes.role;
  const reason = changes.enabled ? "its owner's role was changed" : "its owner was disabled";
  const endedSessions = endsSessions ? await endSessions(tx, actor, stored.id, reason) : [];
  const object = { kind: "user", name: stored.id, ownerId: stored.id } as const;
  const changed = changedFields(stored, changes);
  const before = Object.fromEntries(changed.map((field) => [field, stored[field]]));
  const after = Object.fromEntries(changed.map((field) => [field, changes[field]]));
  const details = { before, after: { ...after, ...(endsSessions ? { endedSessions } : {}) } };
  const action = actionOf(after);
  const resourceVersion = await insertAuditEvent(tx, auditEvent(actor, action, object, details));
  // A role that somebody chose is no longer the group's to take away.
  const roleFromGroup = stored.roleFromGroup && stored.role === changes.role;
  await writeUser(tx, stored.id, { ...changes, roleFromGroup, resourceVersion });
  return toUser({ ...stored, ...changes, roleFromGroup, resourceVersion });
}

function actionOf(wanted: Partial<Wanted>): AuditAction {
  const { enabled, role, displayName } = wanted;
  if (enabled === undefined || role !== undefined || displayName !== undefined) {
    return "user.update";
  }
  return enabled ? "user.enable" : "user.disable";
}

function requireVersion(stored: UserRecord, version: string | null | undefined): void {
  if (!version || version === String(stored.resourceVersion)) return;
  throw new DomainError(
    "conflict",
    "the user has been changed meanwhile; apply your changes to the latest version and try again",
  );
}

function requireImmutable(stored: UserRecord, { username, password }: Wanted): void {
  const problems: FieldProblem[] = [];
  if ((username ?? stored.username) !== stored.username) {
    const message = "field is immutable";
    problems.push({ path: "username", type: "immutable", message, value: username });
  }
  if ((password ?? null) !== null) {
    const message = "is given at creation only: make a one-time link in the console";
    problems.push({ path: "password", type: "forbidden", message });
  }
  if (problems.length > 0) throw invalid(problems);
}

function merge(stored: UserRecord, wanted: Wanted): Changes {
  return {
    displayName: wanted.displayName ?? stored.displayName,
    role: wanted.role ?? stored.role,
    enabled: wanted.enabled ?? stored.enabled,
  };
}

function changedFields(stored: UserRecord, changes: Changes): (keyof Changes)[] {
  const fields = ["displayName", "role", "enabled"] as const;
  return fields.filter((field) => stored[field] !== changes[field]);
}

function isUnchanged(stored: UserRecord, changes: Changes): boolean {
  return changedFields(stored, changes).length === 0;
}
