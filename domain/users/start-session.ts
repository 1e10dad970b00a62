import type { Executor } from "@/db/client";
import { insertToken } from "@/db/tokens";
import type { UserRecord } from "@/db/users";
import type { Origin } from "../actor";
import { anonymousEvent } from "../audit/event";
import { currentSettings } from "../settings/settings";
import { hashSecret, mintSecret, toBearer } from "../tokens/secret";

export interface SignedIn {
  userId: string;
  username: string;
  tokenName: string;
  /** The session token itself, `ext/<name>:<value>`: goes into the browser's envelope and nowhere else. */
  bearer: string;
  expiresAt: Date | null;
}

/** Who the user is at the identity provider that let them in. */
export type Principal = Record<string, string>;

/** A new sign-in of a user whose row this transaction holds: a token of kind `session`. */
export async function startSession(
  tx: Executor,
  owner: UserRecord,
  principal: Principal,
  origin: Origin,
): Promise<SignedIn> {
  const secret = mintSecret();
  const object = { kind: "token", name: secret.name, ownerId: owner.id } as const;
  const { sessionTtlMs } = await currentSettings(tx);
  const event = anonymousEvent(owner, "session.sign-in", object, origin);
  const { expiresAt } = await insertToken(tx, {
    name: secret.name,
    hash: hashSecret(secret),
    ownerId: owner.id,
    ownerPrincipal: principal,
    kind: "session",
    description: "",
    ttlMs: sessionTtlMs,
    enabled: true,
    labels: {},
    annotations: {},
    idempotencyKey: null,
    print: null,
    event,
  });
  return {
    userId: owner.id,
    username: owner.username,
    tokenName: secret.name,
    bearer: toBearer(secret),
    expiresAt,
  };
}

/** The principal of somebody who signs in with a password. */
export function localPrincipal(user: { id: string; username: string }): Principal {
  return {
    name: `local://${user.id}`,
    displayName: user.username,
    loginName: user.username,
    principalType: "user",
    provider: "local",
  };
}
