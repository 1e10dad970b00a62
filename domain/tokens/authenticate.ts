import { query } from "@/db/client";
import { findCredential } from "@/db/tokens";
import type { Origin, UserActor } from "../actor";
import { sessionIdleMs } from "../settings/settings";
import { pendingUse, recordUse } from "./record-use";
import { isSecretOf, parseBearer } from "./secret";

type Credential = NonNullable<Awaited<ReturnType<typeof findCredential>>>;

/**
 * Who presented `ext/<name>:<value>`, or null. A token works while its secret matches, it is
 * enabled and not expired, its owner is enabled, and, for a sign-in, it is not idle too long.
 * Every refusal is the same null. Throws Unavailable rather than guess when the database is away.
 */
export async function authenticate(bearer: string, origin: Origin): Promise<UserActor | null> {
  const secret = parseBearer(bearer);
  if (!secret) return null;
  const credential = await query((db) => findCredential(db, secret.name));
  if (!isSecretOf(secret, credential?.hash) || !credential) return null;
  if (!isAlive(credential) || isIdle(credential)) return null;
  recordUse({
    tokenId: credential.id,
    usedAt: credential.readAt,
    address: origin.address,
    userAgent: origin.userAgent,
  });
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

function isAlive(credential: Credential): boolean {
  const { enabled, ownerEnabled, expiresAt, readAt } = credential;
  return enabled && ownerEnabled && (expiresAt === null || readAt <= expiresAt);
}

function isIdle(credential: Credential): boolean {
  if (credential.kind !== "session") return false;
  const seen = [credential.createdAt, credential.lastUsedAt, pendingUse(credential.id)];
  const lastSeenMs = Math.max(...seen.map((at) => at?.getTime() ?? 0));
  return credential.readAt.getTime() - lastSeenMs > sessionIdleMs(credential.idleSetting);
}
