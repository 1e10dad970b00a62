import { query } from "@/db/client";
import { type Affected, countAffected, listAffected } from "@/db/setting-effects";
import { countWithoutIdentity } from "@/db/users";
import type { Actor } from "../actor";
import { invalid } from "../errors";
import { isSettingName, type SettingName } from "./definitions";
import { requireSettingsReader, settingNotFound } from "./policy";
import { problemOf } from "./update";

const MINUTE_MS = 60_000;
const COUNT_MAX = 100_000;
const BATCH_SIZE = 1_000;

/** What a new value would touch, before it is saved. A count of `countMax` is at least that many. */
export interface SettingPreview {
  effect: /** They keep their lifetime unless they are shortened; `ending` of them would end by that. */
    | { kind: "longer-lived"; of: "tokens" | "sessions"; count: number; ending: number }
    /** Sign-ins that end at once. */
    | { kind: "idle-longer"; count: number }
    /** Expired tokens that are removed. */
    | { kind: "expired-longer"; count: number }
    /** Users who could not sign in any more. */
    | { kind: "locked-out"; count: number }
    | { kind: "none" };
  countMax: number;
}

/** Counts what a setting's new value would touch. Refuses as updateSetting; stores nothing. */
export async function previewSetting(
  actor: Actor,
  name: string,
  value: string,
): Promise<SettingPreview> {
  const known = await judged(actor, name, value);
  const affected = affectedBy(known, value);
  if (affected) {
    const { count, ending } = await query((db) => countAffected(db, affected, COUNT_MAX));
    const effect =
      affected.kind === "longer-lived"
        ? { kind: affected.kind, of: affected.of, count, ending }
        : { kind: affected.kind, count };
    return { effect, countMax: COUNT_MAX };
  }
  if (known === "local-sign-in" && value === "false") {
    const count = await query((db) => countWithoutIdentity(db));
    return { effect: { kind: "locked-out", count }, countMax: COUNT_MAX };
  }
  return { effect: { kind: "none" }, countMax: COUNT_MAX };
}

export type AffectedToken = Awaited<ReturnType<typeof listAffected>>[number];

/** The tokens that previewSetting has counted, in parts, by when they were created. */
export async function* affectedTokens(
  actor: Actor,
  name: string,
  value: string,
): AsyncGenerator<AffectedToken[]> {
  const affected = affectedBy(await judged(actor, name, value), value);
  if (!affected) return;
  let afterId = 0;
  for (;;) {
    const page = { afterId, limit: BATCH_SIZE };
    const rows = await query((db) => listAffected(db, affected, page));
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH_SIZE) return;
    afterId = last.id;
  }
}

async function judged(actor: Actor, name: string, value: string): Promise<SettingName> {
  requireSettingsReader(actor);
  if (!isSettingName(name)) throw settingNotFound(name);
  const problem = await query((db) => problemOf(db, name, value));
  if (problem) throw invalid([problem]);
  return name;
}

function affectedBy(name: SettingName, value: string): Affected | undefined {
  const number = Number(value);
  switch (name) {
    case "auth-token-max-ttl-minutes":
      return number > 0
        ? { kind: "longer-lived", of: "tokens", ttlMs: number * MINUTE_MS }
        : undefined;
    case "auth-user-session-ttl-minutes":
      return { kind: "longer-lived", of: "sessions", ttlMs: number * MINUTE_MS };
    case "auth-user-session-idle-ttl-minutes":
      return { kind: "idle-longer", idleMs: number * MINUTE_MS };
    case "token-retention-days":
      return { kind: "expired-longer", days: number };
    default:
      return undefined;
  }
}
