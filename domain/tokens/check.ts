import { databaseNowMs } from "@/db/change-feed";
import type { Credential } from "@/db/tokens";
import type { Origin, UserActor } from "../actor";
import { sessionIdleMs } from "../settings/settings";
import type { Answer } from "./credential-batch";
import { loadCredential, rememberedCredential } from "./credential-cache";
import { pendingUseMs, recordUse } from "./record-use";
import { isSecretOf, parseBearer, type Secret } from "./secret";

/** Why a token does not work. For metrics and logs: whoever presents it is never told. */
export type Refusal = "malformed" | "unknown" | "expired" | "disabled" | "owner-disabled" | "idle";

export type Check =
  | { ok: true; actor: UserActor; createdAt: Date }
  | { ok: false; reason: Refusal };

/**
 * Whether `ext/<name>:<value>` is a working token, and whose. Asks in this order: the checksum, what
 * is remembered, the database; by the database's clock. Throws Unavailable rather than guess.
 */
export async function checkBearer(bearer: string, origin: Origin): Promise<Check> {
  const check = checkAtOnce(bearer, origin);
  if ("ok" in check) return check;
  return checkSecret(check, origin);
}

/** As checkBearer, without a promise, unless the database must be asked: then the parsed secret. */
export function checkAtOnce(bearer: string, origin: Origin): Check | Secret {
  const secret = parseBearer(bearer);
  if (!secret) return { ok: false, reason: "malformed" };
  const remembered = rememberedCredential(secret.name);
  const check = remembered && judge(secret, remembered, databaseNowMs(), origin);
  return check && isCertain(check, remembered) ? check : secret;
}

/** What the database says of a secret that checkAtOnce could not judge. */
export async function checkSecret(secret: Secret, origin: Origin): Promise<Check> {
  const answer = await loadCredential(secret.name);
  return judge(secret, answer, readNowMs(answer), origin);
}

/** Whether the token of an actor still works and the role is the same, however long ago that was checked. */
export async function stillWorks({ tokenName, role }: UserActor): Promise<boolean> {
  const isWorking = ({ credential }: Answer, nowMs: number) =>
    credential?.ownerRole === role && !refusal(credential, nowMs);
  const remembered = rememberedCredential(tokenName);
  if (remembered && isWorking(remembered, databaseNowMs())) return true;
  const answer = await loadCredential(tokenName);
  return isWorking(answer, readNowMs(answer));
}

// By the clock that was read with the answer, which may have been waited for.
function readNowMs({ credential, askedMs }: Answer): number {
  return (credential?.readAtMs ?? 0) + (performance.now() - askedMs);
}

// A change would have been heard of; an end by the clock is certain by the database's clock alone,
// and a sign-in that seems idle may have been used on another process.
function isCertain(check: Check, { credential }: Answer): boolean {
  if (check.ok || check.reason !== "expired") return check.ok || check.reason !== "idle";
  return !!credential?.expiresAt && credential.readAtMs > credential.expiresAt.getTime();
}

function judge(secret: Secret, { credential }: Answer, nowMs: number, origin: Origin): Check {
  if (!isSecretOf(secret, credential?.hash) || !credential) return { ok: false, reason: "unknown" };
  const reason = refusal(credential, nowMs);
  if (reason) return { ok: false, reason };
  recordUse({
    tokenId: credential.id,
    usedAtMs: nowMs,
    address: origin.address,
    userAgent: origin.userAgent,
  });
  return { ok: true, actor: toActor(credential, origin), createdAt: credential.createdAt };
}

/** Why a token does not work at that time, whatever secret is presented. Counts as no use. */
export function refusal(credential: Credential, nowMs: number): Refusal | undefined {
  if (!credential.ownerEnabled) return "owner-disabled";
  if (!credential.enabled) return "disabled";
  if (credential.expiresAt && nowMs > credential.expiresAt.getTime()) return "expired";
  return isIdle(credential, nowMs) ? "idle" : undefined;
}

function isIdle(credential: Credential, nowMs: number): boolean {
  if (credential.kind !== "session") return false;
  return nowMs - lastSeenMs(credential) > sessionIdleMs(credential.idleSetting);
}

/** The last activity of a sign-in that is known here, by the database's clock. */
export function lastSeenMs({ id, createdAt, lastUsedAt }: Credential): number {
  const storedMs = Math.max(createdAt.getTime(), lastUsedAt?.getTime() ?? 0);
  return Math.max(storedMs, pendingUseMs(id) ?? 0);
}

function toActor(credential: Credential, origin: Origin): UserActor {
  return {
    kind: "user",
    userId: credential.ownerId,
    username: credential.ownerName,
    role: credential.ownerRole,
    tokenName: credential.name,
    tokenExpiresAt: credential.expiresAt,
    origin,
  };
}
