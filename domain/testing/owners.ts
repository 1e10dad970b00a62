import { query } from "@/db/client";
import "@/db/testing/worker-database";
import { insertUser, updateUser } from "@/db/users";
import type { Role, UserActor } from "../actor";
import { createToken } from "../tokens/create";
import { mintSecret, mintUserId, toBearer } from "../tokens/secret";

interface Wanted {
  role?: Role;
  enabled?: boolean;
  username?: string;
  passwordHash?: string;
}

/** A user of the test's own, as the actor of a token that nobody holds. */
export async function anOwner(wanted: Wanted = {}): Promise<UserActor> {
  const { role = "user", enabled = true, passwordHash = "none" } = wanted;
  const id = mintUserId();
  const username = wanted.username ?? id.replace("user-", "person-");
  await query((db) => insertUser(db, { id, username, passwordHash, role }));
  if (!enabled) await query((db) => updateUser(db, id, { enabled }));
  return {
    kind: "user",
    userId: id,
    username,
    role,
    tokenName: mintSecret().name,
    tokenExpiresAt: null,
    origin: { requestId: "request-1", address: "192.0.2.1", userAgent: "a test" },
  };
}

export function anAdmin(): Promise<UserActor> {
  return anOwner({ role: "admin" });
}

/** A token made by the verb, with its secret in the form in which it is presented. */
export async function aToken(actor: UserActor, input: Record<string, unknown> = {}) {
  const { token, secret } = await createToken(actor, input);
  if (!secret) throw new Error("a token was created without its secret");
  return { token, name: token.name, secret, bearer: toBearer(secret) };
}
