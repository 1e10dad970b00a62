import { query } from "@/db/client";
import { findCredential } from "@/db/tokens";
import type { Origin, UserActor } from "../actor";
import { sessionIdleMs } from "../settings/settings";
import { pendingUse, recordUse } from "./record-use";
import { isSecretOf, parseBearer } from "./secret";

type Credential = NonNullable<Awaited<ReturnType<typeof findCredential>>>;

/** Why a token does not work: for metrics and logs, never for the caller. */
export type Refusal = "malformed" | "unknown" | "expired" | "disabled" | "owner-disabled" | "idle";

export type Check = { ok: true; actor: UserActor } | { ok: false; reason: Refusal };

/**
 * Whether `ext/<name>:<value>` works, and whose it is. A token works while its secret matches, it is
 * enabled and not expired, its owner is enabled, and, for a sign-in, it is not idle too long.
 * Throws Unavailable rather than guess when the database is away.
 */
export async function checkBearer(bearer: string, origin: Origin): Promise<Check> {
  const secret = parseBearer(bearer);
  if (!secret) return { ok: false, reason: "malformed" };
  const credential = await query((db) => findCredential(db, secret.name));
  if (!isSecretOf(secret, credential?.hash) || !credential) return { ok: false, reason: "unknown" };
  const reason = refusalOf(credential);
  if (reason) return { ok: false, reason };
  recordUse({
    tokenId: credential.id,
    usedAt: credential.readAt,
    address: origin.address,
    userAgent: origin.userAgent,
  });
  return {
    ok: true,
    actor: {
      kind: "user",
      userId: credential.ownerId,
      username: credential.ownerName,
      role: credential.ownerRole,
      tokenName: credential.name,
      tokenExpiresAt: credential.expiresAt,
      origin,
    },
  };
}

function refusalOf(credential: Credential): Refusal | undefined {
  const { enabled, ownerEnabled, expiresAt, readAt } = credential;
  if (!enabled) return "disabled";
  if (!ownerEnabled) return "owner-disabled";
  if (expiresAt !== null && readAt > expiresAt) return "expired";
  return isIdle(credential) ? "idle" : undefined;
}

function isIdle(credential: Credential): boolean {
  if (credential.kind !== "session") return false;
  const seen = [credential.createdAt, credential.lastUsedAt, pendingUse(credential.id)];
  const lastSeenMs = Math.max(...seen.map((at) => at?.getTime() ?? 0));
  return credential.readAt.getTime() - lastSeenMs > sessionIdleMs(credential.idleSetting);
}
