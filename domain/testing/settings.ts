import { query } from "@/db/client";
import { insertIdentity } from "@/db/identities";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { anAdmin } from "./owners";

/** An administrator who can sign in through an identity provider. */
export async function aLinkedAdmin(): Promise<UserActor> {
  const admin = await anAdmin();
  const { userId } = admin;
  const identity = { issuer: "https://id.example.com", subject: userId, userId, label: "linked" };
  await query((db) => insertIdentity(db, identity));
  return admin;
}

/** The same person at a browser, who has proved nothing lately. */
export function atBrowser(actor: UserActor): UserActor {
  return { ...actor, origin: { ...actor.origin, isBrowser: true } };
}

/** What is stored of all settings, by name. */
export async function storedSettings(): Promise<Record<string, string>> {
  const rows = await asDatabaseOwner((sql) => sql`select name, value from settings`);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
