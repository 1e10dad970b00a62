import type { Executor } from "@/db/client";
import { findSetting, readSettings } from "@/db/settings";
import { readLinkedAdmins } from "@/db/users";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { isSettingName, SETTINGS, type SettingName, valueProblem } from "./definitions";
import { settingNotFound } from "./policy";
import { updateSettingInput } from "./schema";
import { type Setting, toSetting } from "./setting";

/**
 * What a change of a setting comes to: the setting as it is, and the value wanted. Refuses an
 * unknown name (notFound), a stale resourceVersion (conflict) and a bad value, also one that does
 * not go with the other settings (invalid).
 */
export async function judgeSetting(
  db: Executor,
  name: string,
  input: unknown,
): Promise<{ stored: Setting; wanted: string }> {
  if (!isSettingName(name)) throw settingNotFound(name);
  const parsed = parseInput(updateSettingInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { value: given, default: givenDefault, resourceVersion } = parsed.value;
  requireImmutable(name, givenDefault);
  const stored = toSetting(name, await findSetting(db, name));
  if (resourceVersion && resourceVersion !== stored.resourceVersion) throw changedMeanwhile();
  const value = given == null ? stored.value : given.trim();
  const wanted = value === "" ? stored.default : value;
  const message = valueProblem(name, wanted) ?? (await conflictWithOthers(db, name, wanted));
  if (message) throw invalid([{ path: "value", type: "invalid", message, value: wanted }]);
  return { stored, wanted };
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

function requireImmutable(name: SettingName, value: string | null | undefined): void {
  if ((value ?? SETTINGS[name].default) === SETTINGS[name].default) return;
  throw invalid([{ path: "default", type: "immutable", message: "field is immutable", value }]);
}

export function changedMeanwhile(): DomainError {
  return new DomainError(
    "conflict",
    "the setting has been changed meanwhile; apply your changes to the latest version and try again",
  );
}
