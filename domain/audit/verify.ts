import { type AuditLink, checkAuditPart, readAuditTail } from "@/db/audit-chain";
import { query } from "@/db/client";

const PART_SIZE = 5_000;
const GENESIS: AuditLink = { seq: 0, hash: "0".repeat(64) };

/**
 * Recomputes the hash chain of the whole trail, part by part; `brokenAt` is the first event that
 * is missing or does not fit, or null.
 */
export async function verifyAuditTrail(): Promise<{ events: number; brokenAt: number | null }> {
  const tail = await query((db) => readAuditTail(db));
  let end = GENESIS;
  while (end.seq < tail.seq) {
    const from = end;
    const part = await query((db) => checkAuditPart(db, from, PART_SIZE));
    if ("brokenAt" in part) return { events: from.seq, brokenAt: part.brokenAt };
    if (part.end.seq === from.seq) return { events: from.seq, brokenAt: from.seq + 1 };
    end = part.end;
  }
  const fits = end.seq > tail.seq || end.hash === tail.hash;
  return { events: end.seq, brokenAt: fits ? null : tail.seq };
}
