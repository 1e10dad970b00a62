import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { dropPasswordLink } from "@/db/password-links";
import { findUserByUsername, lockUser, updateUser } from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { endSessions } from "../tokens/remove-tokens";
import { generatePassword, hashPassword, passwordProblem } from "./password";
import { requireUserManager, userNotFound } from "./policy";
import { changePasswordInput } from "./schema";
import { toUser, type User } from "./user";

/** Sets a user's password, a generated one when none is given, and ends all their sign-ins. */
export async function changePassword(
  actor: Actor,
  input: unknown,
): Promise<{ user: User; password: string }> {
  await requireUserManager(actor, "user.change-password");
  const parsed = parseInput(changePasswordInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { username, password = generatePassword() } = parsed.value;
  const user = await query((db) => findUserByUsername(db, username));
  if (!user) throw userNotFound(username);
  const { passwordLengthMin } = await query((db) => currentSettings(db));
  const problem = await passwordProblem(password, user.username, passwordLengthMin);
  if (problem) throw invalid([problem]);
  const passwordHash = await hashPassword(password);
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  await transaction(async (tx) => {
    if (!(await lockUser(tx, user.id, "update"))) throw userNotFound(username);
    await dropPasswordLink(tx, user.id);
    const endedSessions = await endSessions(tx, actor, user.id, "its owner's password was changed");
    const event = auditEvent(actor, "user.change-password", object, { after: { endedSessions } });
    const resourceVersion = await insertAuditEvent(tx, event);
    await updateUser(tx, user.id, { passwordHash, resourceVersion });
  });
  return { user: toUser(user), password };
}
