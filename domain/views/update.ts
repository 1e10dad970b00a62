import { insertAuditEvent } from "@/db/audit-events";
import { transaction } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { lockView, updateView as storeView, type ViewRecord } from "@/db/saved-views";
import { isAdmin, type UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { nameTaken, requireViews, viewNotFound, viewScope } from "./policy";
import { updateViewInput, viewId } from "./schema";

/**
 * Renames a view, gives it another filter, shares it or keeps it for its owner; what is absent
 * stays. By its owner, and of a shared one by any admin; for others there is none (notFound).
 */
export async function updateView(actor: UserActor, id: unknown, input: unknown): Promise<void> {
  const parsed = parseInput(updateViewInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const wanted = parsed.value;
  const number = viewId.safeParse(id);
  if (!number.success) throw viewNotFound();
  await transaction(async (tx) => {
    const stored = await lockView(tx, number.data, viewScope(actor));
    if (!stored) throw viewNotFound();
    requireViews(actor, stored.list);
    if (wanted.isShared && !(stored.list === "all" && isAdmin(actor))) {
      throw new DomainError("forbidden", "only administrators share views, of everybody's tokens");
    }
    const changed = (["name", "query", "isShared"] as const).filter(
      (field) => wanted[field] !== undefined && wanted[field] !== stored[field],
    );
    if (changed.length === 0) return;
    const changes = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
    await storeView(tx, stored.id, changes);
    if (stored.isShared || wanted.isShared) {
      await insertAuditEvent(tx, eventOf(actor, stored, changes));
    }
  }).catch((error) => {
    throw isUniqueViolation(error) ? nameTaken() : error;
  });
}

function eventOf(actor: UserActor, stored: ViewRecord, changes: Partial<ViewRecord>) {
  const { name, query, isShared } = stored;
  const before = { name, query, isShared };
  const object = { kind: "view", name: changes.name ?? name, ownerId: stored.ownerId } as const;
  return auditEvent(actor, "view.save", object, { before, after: { ...before, ...changes } });
}
