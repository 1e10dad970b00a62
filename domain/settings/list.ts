import { latestAuditEvents } from "@/db/audit-events";
import { query } from "@/db/client";
import { findSetting, listSettings as readSettings } from "@/db/settings";
import type { Actor } from "../actor";
import { isSettingName, SETTINGS, type SettingName } from "./definitions";
import { requireSettingsReader, settingNotFound } from "./policy";
import { type Setting, toSetting } from "./setting";

const NAMES = Object.keys(SETTINGS) as SettingName[];

/** Every setting in force, in the order of SETTINGS. For admins (else forbidden). */
export async function listSettings(actor: Actor): Promise<Setting[]> {
  requireSettingsReader(actor);
  const rows = await query((db) => readSettings(db));
  return NAMES.map((name) =>
    toSetting(
      name,
      rows.find((row) => row.name === name),
    ),
  );
}

/** One setting. Refuses a name that there is not (notFound). */
export async function getSetting(actor: Actor, name: string): Promise<Setting> {
  requireSettingsReader(actor);
  if (!isSettingName(name)) throw settingNotFound(name);
  return toSetting(name, await query((db) => findSetting(db, name)));
}

/** Who changed each setting last, by the audit trail; settings never changed are absent. */
export async function lastChanges(
  actor: Actor,
): Promise<Map<SettingName, { actorName: string; at: Date }>> {
  requireSettingsReader(actor);
  const events = await query((db) => latestAuditEvents(db, "setting", NAMES));
  return new Map(
    events.map(({ objectName, actorName, at }) => [objectName as SettingName, { actorName, at }]),
  );
}
