import { anOwner, aToken } from "@/domain/testing/owners";
import type { Asked } from "./requests";

/** Those who ask, by their bearers, and what they ask for. */
export interface People {
  bearers: Record<"user" | "verifier" | "admin", string>;
  token: string;
  userId: string;
}

/** One of each role, and a token and a user that can be spoilt. */
export async function makePeople(): Promise<People> {
  const [user, verifier, admin, spare] = await Promise.all([
    anOwner(),
    anOwner({ role: "verifier" }),
    anOwner({ role: "admin" }),
    anOwner(),
  ]);
  const [asUser, asVerifier, asAdmin, token] = await Promise.all(
    [user, verifier, admin, user].map((actor) => aToken(actor, { description: "to be spoilt" })),
  );
  if (!asUser || !asVerifier || !asAdmin || !token) throw new Error("no tokens were made");
  const bearers = { user: asUser.bearer, verifier: asVerifier.bearer, admin: asAdmin.bearer };
  return { bearers, token: token.name, userId: spare.userId };
}

/** The path with the name of what is at that address. */
export function named(path: string, { token, userId }: People): string {
  const name = path.includes("/users/")
    ? userId
    : path.includes("/settings/")
      ? "token-retention-days"
      : token;
  return path.replace("{name}", name);
}

/** Whether somebody is one who has a token that works. */
export function isKnown(who: Asked["who"]): who is keyof People["bearers"] {
  return who !== "nobody" && who !== "garbled";
}
