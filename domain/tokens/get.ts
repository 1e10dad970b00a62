import { query } from "@/db/client";
import { findToken } from "@/db/tokens";
import type { Actor } from "../actor";
import { tokenNotFound } from "../errors";
import { visibleOwner } from "./policy";
import { withPendingUse } from "./record-use";
import { type Token, toToken } from "./token";

/** The token of that name. Refuses a missing one and somebody else's alike (notFound). */
export async function getToken(actor: Actor, name: string): Promise<Token> {
  const row = await query((db) => findToken(db, name, { ownerId: visibleOwner(actor) }));
  if (!row) throw tokenNotFound(name);
  return toToken(withPendingUse(row), actor.kind === "user" ? actor.tokenName : undefined);
}
