import { type Actor, isAdmin } from "../actor";
import { refuse } from "../audit/refuse";
import { DomainError } from "../errors";
import { requireRecentProof } from "../sessions/proof";
import { isSettingName } from "./definitions";

/** Settings are shown to admins and to the operator at the command line. */
export function requireSettingsReader(actor: Actor): void {
  if (actor.kind === "system" || isAdmin(actor)) return;
  throw new DomainError("forbidden", "only an administrator can see settings");
}

/** And changed by them, in a browser with a recent proof of who they are (proofRequired). */
export async function requireSettingsManager(actor: Actor, name: string): Promise<void> {
  if (actor.kind === "system" || isAdmin(actor)) return requireRecentProof(actor);
  const known = isSettingName(name) ? name : "";
  const object = { kind: "setting", name: known, ownerId: null } as const;
  throw await refuse(actor, "setting.update", object, "only an administrator can change settings");
}

export function settingNotFound(name: string): DomainError {
  const message = `settings.management.cattle.io "${name}" not found`;
  return new DomainError("notFound", message, { missing: "setting" });
}
