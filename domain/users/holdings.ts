import { query } from "@/db/client";
import { readUserHoldings } from "@/db/user-holdings";
import type { Actor } from "../actor";
import { DomainError } from "../errors";
import { canManageUsers } from "./policy";

// A page of users whose tokens are counted this far costs the database some milliseconds.
export const HELD_TOKENS_MAX = 1_000;

/** What a user has. A count of HELD_TOKENS_MAX is at least that many. */
export interface Holdings {
  /** Sign-ins are none. */
  tokens: number;
  /** Whether they can sign in at the identity provider. */
  hasIdentity: boolean;
}

/** What each of these users has, by id. For admins (else forbidden). */
export async function holdingsOf(
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Holdings>> {
  if (!canManageUsers(actor)) {
    throw new DomainError("forbidden", "only an administrator may see it");
  }
  if (ids.length === 0) return new Map();
  const rows = await query((db) => readUserHoldings(db, ids, HELD_TOKENS_MAX));
  return new Map(rows.map(({ userId, tokens, hasIdentity }) => [userId, { tokens, hasIdentity }]));
}
