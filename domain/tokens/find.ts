import { z } from "zod";
import { query } from "@/db/client";
import { findNameByPrint, isHashOf } from "@/db/token-prints";
import type { Actor } from "../actor";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { getToken } from "./get";
import { visibleOwner } from "./policy";
import type { Token } from "./token";

const fingerprint = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("bearer"),
    name: z.string().regex(/^token-[a-z0-9]{1,32}$/),
    hash: z.string().regex(/^v1:sha256:[\w-]{43}$/),
  }),
  z.object({ kind: z.literal("value"), print: z.string().regex(/^[\w-]{22}$/) }),
]);

export interface FoundToken {
  token: Token;
  /** The pasted value is that of the token; else only its name was right. */
  isItsValue: boolean;
}

/**
 * The token of a pasted secret by its fingerprint (pasted-secret.ts). Refuses what is no
 * fingerprint (invalid), and somebody else's token just as one that is not there (notFound). A bare
 * value finds tokens that were created since values are printed.
 */
export async function findTokenByHash(actor: Actor, input: unknown): Promise<FoundToken> {
  const parsed = parseInput(fingerprint, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const given = parsed.value;
  if (given.kind === "bearer") {
    const token = await getToken(actor, given.name);
    const isItsValue = await query((db) => isHashOf(db, given.name, given.hash));
    return { token, isItsValue };
  }
  const name = await query((db) => findNameByPrint(db, given.print, visibleOwner(actor)));
  if (name === undefined) {
    throw new DomainError("notFound", "No token here has this value.", { missing: "token" });
  }
  return { token: await getToken(actor, name), isItsValue: true };
}
