import type { BulkJobRecord } from "@/db/bulk-jobs";

/** A bulk action as whoever may see it does: an allow-list. */
export type BulkJob = ReturnType<typeof toJob>;

export function toJob(row: BulkJobRecord) {
  return {
    id: row.id,
    actorName: row.actorName,
    actorId: row.actorId,
    scope: row.scope,
    action: row.action,
    expiresAt: row.expiresAt,
    reason: row.reason,
    query: row.query,
    state: row.state,
    total: row.total,
    changed: row.changed,
    skipped: row.skipped,
    problem: row.problem,
    /** No process works on it at the moment; one will. */
    isWaiting: row.isWaiting,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    readAt: row.readAt,
  };
}
