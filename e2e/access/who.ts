import { updateUser } from "@/db/users";
import { onDatabase } from "../database";
import { type Address, operate } from "../latchkey";
import { type Account, addUser, type Role } from "../people";
import { cookieOf, signInProgram } from "../sign-in";
import { TOKENS } from "../tokens";

/** Everybody who may ask, and with what. */
export const WHO = [
  /** Without any credential. */
  "nobody",
  /** A user, whose the token is that is asked for. */
  "user",
  "other",
  "verifier",
  "admin",
  /** A user who was disabled after signing in. */
  "disabled",
  /** Was an administrator when signing in, and is a user now. */
  "demoted",
  /** With a sign-in or token that has ended. */
  "expired",
  /** An administrator by the wrong way: a token on a page, a cookie at the API. */
  "swapped",
] as const;

export type Who = (typeof WHO)[number];

/** How somebody shows who they are: headers for a page, and headers for the API. */
export interface Credentials extends Account {
  page: Record<string, string>;
  api: Record<string, string>;
}

export type People = Record<Who, Credentials>;

/** Makes one of each, signed in and with a token. */
export async function invitePeople(latchkey: Address): Promise<People> {
  const join = async (role: Role = "user") => signedIn(latchkey, await addUser(latchkey, role));
  const [user, other] = [await join(), await join()];
  const [verifier, admin] = [await join("verifier"), await join("admin")];
  const [disabled, demoted, expired] = [await join(), await join("admin"), await join()];
  await operate(latchkey, ["user", "disable", disabled.username]);
  await onDatabase(latchkey, (db) => updateUser(db, demoted.id, { role: "user" }));
  await endEverything(latchkey, expired);
  const nobody = { ...user, page: {}, api: {} };
  const swapped = { ...admin, page: admin.api, api: admin.page };
  return { nobody, user, other, verifier, admin, disabled, demoted, expired, swapped };
}

/** The account with a fresh sign-in and a fresh token. */
export async function signedIn(latchkey: Address, account: Account): Promise<Credentials> {
  const session = await signInProgram(latchkey, account);
  const { bearer } = await makeToken(latchkey, { Authorization: `Bearer ${session}` });
  const page = { Cookie: await cookieOf(latchkey, account) };
  return { ...account, page, api: { Authorization: `Bearer ${bearer}` } };
}

/** A new token, or sign-in, of whoever shows these headers. */
export async function makeToken({ url }: Address, headers: Record<string, string>, kind = "") {
  const answer = await fetch(url + TOKENS, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ spec: { description: "asked for", ttl: 3_600_000, kind } }),
  });
  if (answer.status !== 201) throw new Error(`no token was made: ${await answer.text()}`);
  const { metadata, status } = await answer.json();
  return { name: String(metadata.name), bearer: String(status.bearerToken) };
}

async function endEverything({ url }: Address, { api }: Credentials): Promise<void> {
  const { items } = await (await fetch(url + TOKENS, { headers: api })).json();
  // The one that this is done with comes last.
  const last = /ext\/([^:]+):/.exec(api.Authorization ?? "")?.[1];
  const names = items.map((item: { metadata: { name: string } }) => item.metadata.name);
  for (const name of [...names.filter((known: string) => known !== last), last]) {
    const answer = await fetch(`${url}${TOKENS}/${name}`, {
      method: "PATCH",
      headers: { ...api, "Content-Type": "application/merge-patch+json" },
      body: JSON.stringify({ spec: { ttl: 1 } }),
    });
    if (answer.status !== 200) throw new Error(`a token did not end: ${await answer.text()}`);
  }
}
