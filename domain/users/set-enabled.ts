import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { findUserByUsername, lockUser, updateUser } from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { endSessions } from "../tokens/remove-tokens";
import { requireUserManager, userNotFound } from "./policy";
import { setUserEnabledInput } from "./schema";
import { toUser, type User } from "./user";

/**
 * Enables or disables a user. Disabling suspends every token at once without touching its own
 * flag, and deletes the sign-ins; enabling brings back exactly the tokens that were enabled.
 */
export async function setUserEnabled(actor: Actor, input: unknown): Promise<User> {
  const parsed = parseInput(setUserEnabledInput, input);
  const action = !parsed.problems && parsed.value.enabled ? "user.enable" : "user.disable";
  await requireUserManager(actor, action);
  if (parsed.problems) throw invalid(parsed.problems);
  const { username, enabled } = parsed.value;
  const user = await query((db) => findUserByUsername(db, username));
  if (!user) throw userNotFound(username);
  return transaction(async (tx) => {
    const stored = await lockUser(tx, user.id, "update");
    if (!stored) throw userNotFound(username);
    if (stored.enabled === enabled) return toUser(stored);
    await updateUser(tx, user.id, { enabled });
    const endedSessions = enabled
      ? []
      : await endSessions(tx, actor, user.id, "its owner was disabled");
    const object = { kind: "user", name: user.id, ownerId: user.id } as const;
    const details = { before: { enabled: stored.enabled }, after: { enabled, endedSessions } };
    await insertAuditEvent(tx, auditEvent(actor, action, object, details));
    return toUser({ ...stored, enabled });
  });
}
