import { randomUUID } from "node:crypto";
import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { findUserByUsername, insertUser } from "@/db/users";
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
 * Creates a local user, with a generated password when none is given, or with none at all; the
 * password is returned once and only its argon2id hash is stored. Refuses a taken name in any case
 * (alreadyExists). A dry run stores nothing.
 */
export async function createUser(
  actor: Actor,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<{ user: User; password: string | null }> {
  await requireUserManager(actor, "user.create");
  const parsed = parseInput(createUserInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { username, displayName, role, enabled, withoutPassword } = parsed.value;
  const password = withoutPassword ? null : (parsed.value.password ?? generatePassword());
  if (password !== null) await requireGood(password, username);
  if (options.dryRun) {
    if (await query((db) => findUserByUsername(db, username))) throw taken(username);
    const user = { username, displayName, role, enabled, hasPassword: password !== null };
    return { user: wouldBe(user), password: null };
  }
  const passwordHash = password === null ? null : await hashPassword(password);
  const user = { id: mintUserId(), username, displayName, role, enabled, passwordHash };
  const object = { kind: "user", name: user.id, ownerId: user.id } as const;
  const after = { username, displayName, role, enabled };
  try {
    const row = await transaction(async (tx) => {
      const event = auditEvent(actor, "user.create", object, { after });
      const resourceVersion = await insertAuditEvent(tx, event);
      return insertUser(tx, { ...user, resourceVersion });
    });
    return { user: toUser(row), password };
  } catch (error) {
    throw isUniqueViolation(error) ? taken(username) : error;
  }
}

async function requireGood(password: string, username: string): Promise<void> {
  const { passwordLengthMin } = await query((db) => currentSettings(db));
  const problem = await passwordProblem(password, username, passwordLengthMin);
  if (problem) throw invalid([problem]);
}

function taken(username: string): DomainError {
  const message = "is taken";
  const field = { path: "username", type: "invalid", message, value: username } as const;
  return new DomainError("alreadyExists", `user ${username} exists already`, { fields: [field] });
}

function wouldBe(
  user: Pick<User, "username" | "displayName" | "role" | "enabled" | "hasPassword">,
): User {
  const createdAt = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  const made = { id: mintUserId(), uid: randomUUID(), createdAt, resourceVersion: "" };
  return { ...user, ...made, roleFromGroup: false };
}
