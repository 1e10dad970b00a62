import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { insertUser } from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { mintUserId } from "../tokens/secret";
import { generatePassword, hashPassword, passwordProblem } from "./password";
import { requireUserManager } from "./policy";
import { createUserInput } from "./schema";
import { toUser, type User } from "./user";

/**
 * Creates a local user, with a generated password when none is given; the password is returned
 * once and only its argon2id hash is stored. Refuses a taken name in any case (alreadyExists).
 */
export async function createUser(
  actor: Actor,
  input: unknown,
): Promise<{ user: User; password: string }> {
  await requireUserManager(actor, "user.create");
  const parsed = parseInput(createUserInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { username, role, password = generatePassword() } = parsed.value;
  const { passwordLengthMin } = await query((db) => currentSettings(db));
  const problem = passwordProblem(password, username, passwordLengthMin);
  if (problem) throw invalid([problem]);
  const user = { id: mintUserId(), username, role, passwordHash: await hashPassword(password) };
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  const event = auditEvent(actor, "user.create", object, { after: { username, role } });
  try {
    const row = await transaction(async (tx) => {
      const inserted = await insertUser(tx, user);
      await insertAuditEvent(tx, event);
      return inserted;
    });
    return { user: toUser(row), password };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const field = {
      path: "username",
      type: "invalid",
      message: "is taken",
      value: username,
    } as const;
    throw new DomainError("alreadyExists", `user ${username} exists already`, { fields: [field] });
  }
}
