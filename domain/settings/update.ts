import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { findSetting, lockSettings, storeSetting } from "@/db/settings";
import { lockAdmins } from "@/db/users";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { judgeSetting } from "./judge";
import { requireSettingsManager } from "./policy";
import { type Setting, toSetting } from "./setting";

/**
 * Gives a setting a new value, or its default for an empty one; in force on every process within
 * two seconds. Refuses as judgeSetting does, and without a recent proof (proofRequired). A dry run
 * stores nothing.
 */
export async function updateSetting(
  actor: Actor,
  name: string,
  input: unknown,
  options: { dryRun?: boolean } = {},
): Promise<Setting> {
  await requireSettingsManager(actor, name);
  return transaction(async (tx) => {
    await lockSettings(tx);
    // Who alone could sign in afterwards must not be taken away meanwhile.
    if (name === "local-sign-in") await lockAdmins(tx);
    const { stored, wanted } = await judgeSetting(tx, name, input);
    if (wanted === stored.value) return stored;
    if (options.dryRun) return { ...stored, value: wanted };
    const object = { kind: "setting", name, ownerId: null } as const;
    const details = { before: { value: stored.value }, after: { value: wanted } };
    const event = auditEvent(actor, "setting.update", object, details);
    const resourceVersion = await insertAuditEvent(tx, event);
    await storeSetting(tx, { name, value: wanted, resourceVersion });
    return toSetting(stored.name, await findSetting(tx, name));
  });
}
