import { insertAuditEvent } from "@/db/audit-events";
import { type Executor, transaction } from "@/db/client";
import { findSetting, lockSettings, readSettings, storeSetting } from "@/db/settings";
import { lockAdmins, readLinkedAdmins } from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, type FieldProblem, invalid } from "../errors";
import { parseInput } from "../parse";
import { isSettingName, SETTINGS, type SettingName, valueProblem } from "./definitions";
import { requireSettingsManager, settingNotFound } from "./policy";
import { updateSettingInput } from "./schema";
import { type Setting, toSetting } from "./setting";

/**
 * Gives a setting a new value, or its default for an empty one; in force on every process within
 * two seconds. Refuses an unknown name (notFound), a bad value, also one that does not go with the
 * other settings (invalid), and a stale resourceVersion (conflict). A dry run stores nothing.
 */
export async function updateSetting(
  actor: Actor,
  name: string,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<Setting> {
  await requireSettingsManager(actor, name);
  if (!isSettingName(name)) throw settingNotFound(name);
  const parsed = parseInput(updateSettingInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { resourceVersion } = parsed.value;
  return transaction(async (tx) => {
    await lockSettings(tx);
    // Who alone could sign in afterwards must not be taken away meanwhile.
    if (name === "local-sign-in") await lockAdmins(tx);
    const stored = toSetting(name, await findSetting(tx, name));
    if (resourceVersion && resourceVersion !== stored.resourceVersion) throw changedMeanwhile();
    const value = parsed.value.value == null ? stored.value : parsed.value.value.trim();
    const wanted = value === "" ? stored.default : value;
    const problem = await problemOf(tx, name, wanted);
    if (problem) throw invalid([problem]);
    if (wanted === stored.value) return stored;
    if (options.dryRun) return { ...stored, value: wanted };
    const object = { kind: "setting", name, ownerId: null } as const;
    const details = { before: { value: stored.value }, after: { value: wanted } };
    const version = await insertAuditEvent(
      tx,
      auditEvent(actor, "setting.update", object, details),
    );
    await storeSetting(tx, { name, value: wanted, resourceVersion: version });
    return toSetting(name, await findSetting(tx, name));
  });
}

/** Why this value would be refused for a setting, the others being as they are, or null. */
export async function problemOf(
  db: Executor,
  name: SettingName,
  value: string,
): Promise<FieldProblem | null> {
  const message = valueProblem(name, value) ?? (await conflictWithOthers(db, name, value));
  return message === null ? null : { path: "value", type: "invalid", message, value };
}

async function conflictWithOthers(
  db: Executor,
  name: SettingName,
  value: string,
): Promise<string | null> {
  const stored = await readSettings(db);
  const wanted = (other: SettingName) =>
    other === name ? value : (stored.get(other) ?? SETTINGS[other].default);
  const total = wanted("auth-user-session-ttl-minutes");
  const idle = wanted("auth-user-session-idle-ttl-minutes");
  if (name === "auth-user-session-idle-ttl-minutes" && Number(idle) > Number(total)) {
    return `must not be above auth-user-session-ttl-minutes, which is ${total}`;
  }
  if (name === "auth-user-session-ttl-minutes" && Number(idle) > Number(total)) {
    return `must not be below auth-user-session-idle-ttl-minutes, which is ${idle}`;
  }
  if (name === "local-sign-in" && value === "false" && (await readLinkedAdmins(db)).size === 0) {
    return "can be switched off only when an enabled administrator has signed in through the identity provider";
  }
  return null;
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    "conflict",
    "the setting has been changed meanwhile; apply your changes to the latest version and try again",
  );
}
