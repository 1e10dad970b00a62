import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { dropPasswordLink } from "@/db/password-links";
import { findUser, lockUser, updateUser } from "@/db/users";
import type { UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { requireRecentProof } from "../sessions/proof";
import { currentSettings } from "../settings/settings";
import { endSessions } from "../tokens/remove-tokens";
import { hashPassword, passwordProblem } from "./password";
import { userNotFound } from "./policy";
import { requireOwnPassword } from "./prove";
import { ownPasswordInput } from "./schema";

/**
 * Changes the actor's own password and ends their other sign-ins. Asks for the present password,
 * counted like a sign-in; who has none yet needs a recent proof (proofRequired). Refuses when
 * another change was quicker (conflict).
 */
export async function changeOwnPassword(actor: UserActor, input: unknown): Promise<void> {
  const parsed = parseInput(ownPasswordInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { current, password } = parsed.value;
  const user = await query((db) => findUser(db, actor.userId));
  if (!user) throw userNotFound(actor.userId);
  const { passwordLengthMin } = await query((db) => currentSettings(db));
  const problem = await passwordProblem(password, user.username, passwordLengthMin);
  if (problem) throw invalid([problem]);
  if (user.passwordHash === null) await requireRecentProof(actor);
  else await requireOwnPassword(actor, user, current ?? "", "current");
  const passwordHash = await hashPassword(password);
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  await transaction(async (tx) => {
    const locked = await lockUser(tx, user.id, "update");
    if (!locked) throw userNotFound(user.id);
    if (locked.passwordHash !== user.passwordHash) {
      throw new DomainError("conflict", "the password has been changed meanwhile");
    }
    const reason = "its owner's password was changed";
    const endedSessions = await endSessions(tx, actor, user.id, reason, actor.tokenName);
    await dropPasswordLink(tx, user.id);
    const event = auditEvent(actor, "user.change-password", object, { after: { endedSessions } });
    const resourceVersion = await insertAuditEvent(tx, event);
    await updateUser(tx, user.id, { passwordHash, resourceVersion });
  });
}
