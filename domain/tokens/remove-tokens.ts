import { insertAuditEvents } from "@/db/audit-events";
import type { Executor } from "@/db/client";
import { deleteTokens, lockSessionsOf, readTokens } from "@/db/tokens";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { auditedFields } from "./audited-fields";

// An event holds labels and annotations, a quarter of a megabyte at most.
const BATCH_SIZE = 50;

/** Deletes every sign-in of a user, or all but one, each with its event; returns their names. */
export async function endSessions(
  tx: Executor,
  actor: Actor,
  ownerId: string,
  reason: string,
  exceptName?: string,
): Promise<string[]> {
  // All of them before the first event: the end of the audit chain is the last lock.
  return removeTokens(tx, actor, await lockSessionsOf(tx, ownerId, exceptName), reason);
}

/** Deletes tokens that this transaction holds, each with its event; returns their names. */
export async function removeTokens(
  tx: Executor,
  actor: Actor,
  ids: readonly number[],
  reason?: string,
): Promise<string[]> {
  const names: string[] = [];
  for (let at = 0; at < ids.length; at += BATCH_SIZE) {
    const rows = await readTokens(tx, ids.slice(at, at + BATCH_SIZE));
    const events = rows.map((row) => {
      const object = { kind: "token", name: row.name, ownerId: row.ownerId } as const;
      const details = { before: auditedFields(row), ...(reason ? { reason } : {}) };
      return auditEvent(actor, "token.delete", object, details);
    });
    await insertAuditEvents(tx, events);
    const taken = rows.map((row) => row.id);
    await deleteTokens(tx, taken);
    names.push(...rows.map((row) => row.name));
  }
  return names;
}
