import { checkAuditChain } from "@/db/audit-events";
import { query } from "@/db/client";

/** Recomputes the hash chain of the whole trail; `brokenAt` is the first event that does not fit. */
export function verifyAuditTrail(): Promise<{ events: number; brokenAt: number | null }> {
  return query((db) => checkAuditChain(db));
}
