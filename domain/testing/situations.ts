import { query } from "@/db/client";
import {
  ageToken,
  auditEventsOf,
  clearSettings,
  rowsOf,
  setSetting,
  whileTokenIsLocked,
  withoutAudit,
} from "@/db/testing/rows";
import { whileChangesWait } from "@/db/testing/waiting-changes";
import { followChanges } from "@/db/testing/worker-database";
import { updateUser } from "@/db/users";
import { operatorActor, type Role, type UserActor } from "../actor";
import { mintSecret, toBearer } from "../tokens/secret";
import { setUserEnabled } from "../users/set-enabled";
import { anOwner, aToken } from "./owners";
import { publishedChecksum } from "./published-checksum";

const MINUTE_MS = 60_000;

/** A token, of the given kind, that ended an hour ago. */
export async function anExpiredToken(owner: UserActor, kind = "") {
  const made = await aToken(owner, { kind, ttlMs: MINUTE_MS });
  await ageToken(made.name, 61 * MINUTE_MS);
  return made;
}

/** A sign-in that has not been used for longer than the default limit. */
async function anIdleSession(owner: UserActor) {
  const made = await aToken(owner, { kind: "session" });
  await ageToken(made.name, 961 * MINUTE_MS);
  return made;
}

export async function disableUser(owner: UserActor): Promise<void> {
  await setUserEnabled(operatorActor(), { username: owner.username, enabled: false });
}

export function changeRole(owner: UserActor, role: Role): Promise<unknown> {
  return query((db) => updateUser(db, owner.userId, { role }));
}

/** Runs work while no audit event can be stored. */
export function whileAuditFails<T>(work: () => Promise<T>): Promise<T> {
  return withoutAudit(work);
}

/** Runs work while another transaction holds the token. */
export function whileTokenIsHeld<T>(name: string, work: () => Promise<T>): Promise<T> {
  return whileTokenIsLocked(name, work);
}

/** Runs work while as many changes wait as may. */
export function whileTooManyChangesWait<T>(work: () => Promise<T>): Promise<T> {
  return whileChangesWait(200, work);
}

/** The events about an object, or by an actor, the newest first. */
export function eventsOf(about: Parameters<typeof auditEventsOf>[0]) {
  return auditEventsOf(about);
}

/** Follows committed changes from here on, as a server does, so that checks are remembered. */
export function hearOfChanges(): Promise<void> {
  return followChanges();
}

/** Everything stored of all tokens, to show that nothing changed. */
export function storedTokens() {
  return rowsOf("tokens");
}

/** Runs work while the settings have no maximum for the ttl of a token. */
export function withoutTtlMaximum<T>(work: () => Promise<T>): Promise<T> {
  return withSetting("auth-token-max-ttl-minutes", "0", work);
}

/** Runs work while nobody may sign in with a password. */
export function withoutLocalSignIn<T>(work: () => Promise<T>): Promise<T> {
  return withSetting("local-sign-in", "false", work);
}

async function withSetting<T>(name: string, value: string, work: () => Promise<T>): Promise<T> {
  await setSetting(name, value);
  try {
    return await work();
  } finally {
    await clearSettings();
  }
}

/** One credential that does not work for each reason there is, by the name of the reason. */
export async function refusedCredentials(): Promise<Record<string, string>> {
  const [owner, gone] = [await anOwner(), await anOwner()];
  const [known, typo] = [await aToken(owner), await aToken(owner)];
  const disabled = await aToken(owner, { enabled: false });
  const [expired, idle] = [await anExpiredToken(owner), await anIdleSession(owner)];
  const suspended = await aToken(gone);
  await disableUser(gone);
  const random = mintSecret().value.slice(0, 47);
  return {
    unknown: toBearer(mintSecret()),
    wrongSecret: `ext/${known.name}:${random}${publishedChecksum(known.name, random)}`,
    wrongChecksum: `${typo.bearer.slice(0, -1)}a`,
    disabled: disabled.bearer,
    expired: expired.bearer,
    idle: idle.bearer,
    ofDisabledUser: suspended.bearer,
    garbage: "garbage",
    long: `${known.bearer}${"b".repeat(8_000)}`,
    bare: known.bearer.replace("ext/", ""),
  };
}

/** Moves a token into the past, as if it had been created that much earlier. */
export function moveBack(name: string, ageMs: number): Promise<void> {
  return ageToken(name, ageMs);
}
