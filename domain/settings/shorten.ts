import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { countAffected, lockLongerLived } from "@/db/setting-effects";
import { readTokens, updateToken } from "@/db/tokens";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { auditedChange } from "../tokens/audited-fields";
import { requireSettingsManager } from "./policy";
import { currentSettings } from "./settings";

const BATCH_SIZE = 200;
const COUNT_MAX = 100_000;

/**
 * Shortens some of the tokens or sign-ins that live longer than the setting in force allows, each
 * with its event, and tells how many still do: to be called until none is left. Whatever is older
 * than the setting allows ends by that.
 */
export async function shortenToMaximum(
  actor: Actor,
  of: "tokens" | "sessions",
): Promise<{ shortened: number; remaining: number }> {
  const name = of === "tokens" ? "auth-token-max-ttl-minutes" : "auth-user-session-ttl-minutes";
  await requireSettingsManager(actor, name);
  return transaction(async (tx) => {
    const { ttlMsMax, sessionTtlMs } = await currentSettings(tx);
    const ttlMs = of === "tokens" ? ttlMsMax : sessionTtlMs;
    if (ttlMs === null) return { shortened: 0, remaining: 0 };
    const affected = { kind: "longer-lived", of, ttlMs } as const;
    const rows = await readTokens(tx, await lockLongerLived(tx, affected, BATCH_SIZE));
    for (const row of rows) {
      const object = { kind: "token", name: row.name, ownerId: row.ownerId } as const;
      const reason = `shortened to ${name}`;
      const details = { ...auditedChange(row, { ...row, ttlMs }), reason };
      const event = auditEvent(actor, "token.update", object, details);
      const resourceVersion = await insertAuditEvent(tx, event);
      const { description, enabled, labels, annotations } = row;
      const changes = { description, ttlMs, enabled, labels, annotations, resourceVersion };
      await updateToken(tx, row.id, changes);
    }
    const { count } = await countAffected(tx, affected, COUNT_MAX);
    return { shortened: rows.length, remaining: count };
  });
}
