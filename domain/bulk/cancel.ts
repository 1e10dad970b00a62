import { insertAuditEvent } from "@/db/audit-events";
import { finishJob, lockJob } from "@/db/bulk-jobs";
import { transaction } from "@/db/client";
import type { Actor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError } from "../errors";
import { isJobId } from "./get";
import { canSeeJob, jobNotFound } from "./policy";

/**
 * Stops a bulk action after the batch at hand; what it has changed stays changed. By whoever
 * started it or an administrator (else notFound); not one that has ended (conflict).
 */
export async function cancelBulk(actor: Actor, id: string): Promise<void> {
  if (!isJobId(id)) throw jobNotFound();
  await transaction(async (tx) => {
    const job = await lockJob(tx, id);
    if (!job || !canSeeJob(actor, job)) throw jobNotFound();
    if (job.finishedAt) throw new DomainError("conflict", "it has ended already");
    await finishJob(tx, id, "cancelled");
    const ownerId = job.scope === "own" ? job.actorId : null;
    const object = { kind: "bulk", name: id, ownerId } as const;
    const after = { total: job.total, changed: job.changed, skipped: job.skipped };
    await insertAuditEvent(tx, auditEvent(actor, "bulk.cancel", object, { after }));
  });
}
