import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { findToken, insertToken } from "@/db/tokens";
import { findUserByUsername, lockUser, type UserRecord } from "@/db/users";
import type { Origin } from "../actor";
import { anonymousEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { hashSecret, mintSecret, toBearer } from "../tokens/secret";
import { isPassword } from "./password";
import { signInInput } from "./schema";
import { countSignInOutcome } from "./sign-in-counts";
import { countSignIn, forgiveSignIn } from "./throttle";

export interface SignedIn {
  userId: string;
  username: string;
  tokenName: string;
  /** The session token itself, `ext/<name>:<value>`: goes into the browser's envelope and nowhere else. */
  bearer: string;
  expiresAt: Date | null;
}

/**
 * Signs a local user in: a token of kind `session`. A wrong name, a wrong password and a disabled
 * user are the same refusal (unauthenticated), in the same time; too many attempts are
 * tooManyRequests, with the time to wait.
 */
export async function signIn(input: unknown, origin: Origin): Promise<SignedIn> {
  const parsed = parseInput(signInInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { username, password } = parsed.value;
  const user = await query((db) => findUserByUsername(db, username));
  // The stored name: other spellings that the database takes for it are not other counts.
  const attempt = { username: user?.username ?? username, address: origin.address };
  const { refusal, isFirst } = await countSignIn(attempt);
  if (refusal) {
    countSignInOutcome("denied");
    if (isFirst) await recordFailure(user, origin, "denied", "too many attempts");
    throw refusal;
  }
  const isRight = await isPassword(password, user?.passwordHash ?? null);
  const session = user && isRight ? await startSession(user, origin) : undefined;
  countSignInOutcome(session ? "success" : "failure");
  if (!session) {
    const reason = user && isRight ? "user is disabled" : "wrong user name or password";
    await recordFailure(user, origin, "failure", reason);
    throw new DomainError("unauthenticated", "Wrong user name or password.");
  }
  await forgiveSignIn(attempt);
  return session;
}

// Undefined for a disabled user.
async function startSession(user: UserRecord, origin: Origin): Promise<SignedIn | undefined> {
  const secret = mintSecret();
  const object = { kind: "token", name: secret.name, ownerId: user.id } as const;
  return transaction(async (tx) => {
    const owner = await lockUser(tx, user.id, "share");
    if (!owner?.enabled) return undefined;
    const { sessionTtlMs } = await currentSettings(tx);
    const claimed = { id: owner.id, username: owner.username };
    const event = anonymousEvent(claimed, "session.sign-in", object, origin);
    const resourceVersion = await insertAuditEvent(tx, event);
    await insertToken(tx, {
      name: secret.name,
      hash: hashSecret(secret),
      ownerId: owner.id,
      ownerPrincipal: {
        name: `local://${owner.id}`,
        displayName: owner.username,
        loginName: owner.username,
        principalType: "user",
        provider: "local",
      },
      kind: "session",
      description: "",
      ttlMs: sessionTtlMs,
      enabled: true,
      labels: {},
      annotations: {},
      resourceVersion,
      idempotencyKey: null,
    });
    const row = await findToken(tx, secret.name, { ownerId: owner.id });
    return {
      userId: owner.id,
      username: owner.username,
      tokenName: secret.name,
      bearer: toBearer(secret),
      expiresAt: row?.expiresAt ?? null,
    };
  });
}

// A name that is nobody's may be a password typed into the wrong field: it is not recorded.
async function recordFailure(
  user: UserRecord | undefined,
  origin: Origin,
  outcome: "failure" | "denied",
  reason: string,
): Promise<void> {
  const claimed = user ?? { id: null, username: "(unknown)" };
  const object = { kind: "user", name: user?.id ?? "", ownerId: user?.id ?? null } as const;
  const event = anonymousEvent(claimed, "session.sign-in", object, origin, { outcome, reason });
  await transaction((tx) => insertAuditEvent(tx, event));
}
