import { createHash } from "node:crypto";
import { insertAuditEvent } from "@/db/audit-events";
import { query, transaction } from "@/db/client";
import { findUserByUsername, lockUser, type UserRecord } from "@/db/users";
import type { Origin } from "../actor";
import { anonymousEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { getSettings } from "../settings/get";
import { isPassword } from "./password";
import { signInInput } from "./schema";
import { countSignInOutcome } from "./sign-in-counts";
import { localPrincipal, type SignedIn, startSession } from "./start-session";
import { countedIfDone, countSignIn, forgiveSignIn, judgeSignIn } from "./throttle";

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
  if (!(await getSettings()).localSignIn) {
    await recordFailure(user, origin, "denied", "passwords are switched off (local-sign-in)");
    throw new DomainError("forbidden", "Signing in with a password is switched off.");
  }
  // The stored name: other spellings that the database takes for it are not other counts.
  const attempt = {
    username: user?.username ?? nobodysName(username),
    userId: user?.id ?? null,
    address: origin.address,
  };
  const counted = await countSignIn(attempt);
  if (counted.refusal) {
    countSignInOutcome("denied");
    if (counted.isFirst) await recordFailure(user, origin, "denied", "too many attempts");
    throw counted.refusal;
  }
  const storedHash = user?.passwordHash ?? null;
  const isRight = await judgeSignIn(counted, () => isPassword(password, storedHash));
  const begun =
    user && isRight
      ? await countedIfDone(counted, () => begin(user, origin))
      : "wrong user name or password";
  countSignInOutcome(typeof begun === "string" ? "failure" : "success");
  if (typeof begun === "string") {
    await recordFailure(user, origin, "failure", begun);
    throw new DomainError("unauthenticated", "Wrong user name or password.");
  }
  await forgiveSignIn(counted);
  return begun;
}

// Or why not. A change of the password ends every sign-in: none may begin by the old one after it.
async function begin(user: UserRecord, origin: Origin): Promise<SignedIn | string> {
  return transaction(async (tx) => {
    const owner = await lockUser(tx, user.id, "share");
    if (!owner?.enabled) return "user is disabled";
    if (owner.passwordHash !== user.passwordHash) return "the password was changed meanwhile";
    return startSession(tx, owner, localPrincipal(owner), origin);
  });
}

// Counted as somebody's is. What it stands for is not stored, for it may be a password, too.
function nobodysName(typed: string): string {
  return `?${createHash("sha256").update(`nobody:${typed.toLowerCase()}`).digest("base64url")}`;
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
