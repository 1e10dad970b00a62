import { query } from "@/db/client";
import { lastTokenId, listAffected } from "@/db/setting-effects";
import { listWithoutIdentity } from "@/db/users";
import type { Actor } from "../actor";
import { affectedBy } from "./affected";
import { judgeSetting } from "./judge";
import { requireSettingsReader } from "./policy";

const IDS_PER_PART = 10_000;
const USERS_PER_PART = 1_000;

export type AffectedToken = Awaited<ReturnType<typeof listAffected>>[number];
export type LockedOutUser = Omit<
  Awaited<ReturnType<typeof listWithoutIdentity>>[number],
  "nameKey"
>;

/** What previewSetting counts, one by one and in parts: all of it, without its limit. */
export type AffectedList =
  | { of: "tokens"; parts: AsyncGenerator<AffectedToken[]> }
  | { of: "users"; parts: AsyncGenerator<LockedOutUser[]> };

/** The tokens or users that a setting's new value would touch. Refuses as previewSetting does. */
export async function listAffectedBy(
  actor: Actor,
  name: string,
  input: unknown,
): Promise<AffectedList> {
  requireSettingsReader(actor);
  const { stored, wanted } = await query((db) => judgeSetting(db, name, input));
  if (stored.name === "local-sign-in" && wanted === "false") {
    return { of: "users", parts: lockedOut() };
  }
  const affected = affectedBy(stored.name, stored.value, wanted);
  return { of: "tokens", parts: affected ? tokensOf(affected) : nothing() };
}

async function* tokensOf(affected: Parameters<typeof listAffected>[1]) {
  const lastId = await query((db) => lastTokenId(db));
  for (let afterId = 0; afterId < lastId; afterId += IDS_PER_PART) {
    const range = { afterId, upToId: afterId + IDS_PER_PART };
    const part = await query((db) => listAffected(db, affected, range));
    if (part.length > 0) yield part;
  }
}

async function* lockedOut() {
  let after = "";
  for (;;) {
    const part = await query((db) => listWithoutIdentity(db, { after, limit: USERS_PER_PART }));
    yield part.map(({ nameKey: _key, ...user }) => user);
    const last = part.at(-1);
    if (!last || part.length < USERS_PER_PART) return;
    after = last.nameKey;
  }
}

async function* nothing(): AsyncGenerator<AffectedToken[]> {}
