import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { lockView, deleteView as removeView } from "@/db/saved-views";
import type { UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { requireViews, viewNotFound, viewScope } from "./policy";
import { viewId } from "./schema";

/**
 * Deletes a view, and with it the default that it is to anybody. By its owner, and of a shared one by
 * any admin; for others there is none (notFound).
 */
export async function deleteView(actor: UserActor, id: unknown): Promise<void> {
  const number = viewId.safeParse(id);
  if (!number.success) throw viewNotFound();
  await transaction(async (tx) => {
    const stored = await lockView(tx, number.data, viewScope(actor));
    if (!stored) throw viewNotFound();
    requireViews(actor, stored.list);
    await removeView(tx, stored.id);
    if (!stored.isShared) return;
    const { name, query, isShared, ownerId } = stored;
    const object = { kind: "view", name, ownerId } as const;
    const before = { name, query, isShared };
    await insertAuditEvent(tx, auditEvent(actor, "view.delete", object, { before }));
  });
}
