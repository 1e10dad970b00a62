import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { auditEvents } from "./schema";

export type AuditEventRecord = typeof auditEvents.$inferSelect;
export type NewAuditEvent = Omit<AuditEventRecord, "seq" | "at" | "previousHash" | "hash">;

/**
 * Appends an event to the chain and returns its number, which is in commit order. Holds the end of
 * the chain until commit, so it comes after every other lock a transaction takes.
 */
export async function insertAuditEvent(tx: Executor, event: NewAuditEvent): Promise<number> {
  const [row] = await tx
    .insert(auditEvents)
    // The trigger sets these four.
    .values({ ...event, seq: 0, at: sql`now()`, previousHash: "", hash: "" })
    .returning({ seq: auditEvents.seq });
  if (!row) throw new Error("insert returned no row");
  return row.seq;
}

/** The newest events of one object, newest first, before the given number. */
export async function listAuditEventsOf(
  db: Executor,
  object: { kind: string; name: string },
  page: { beforeSeq: number; limit: number },
): Promise<AuditEventRecord[]> {
  return db
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.objectKind, object.kind),
        eq(auditEvents.objectName, object.name),
        lt(auditEvents.seq, page.beforeSeq),
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(page.limit);
}

/** Recomputes every digest and link; `brokenAt` is the first event that does not fit, or null. */
export async function checkAuditChain(
  db: Executor,
): Promise<{ events: number; brokenAt: number | null }> {
  const [row] = await db.execute<{ events: string; broken_at: string | null }>(sql`
    with linked as (
      select seq, previous_hash, hash, audit_digest(e) as digest,
        lag(hash, 1, repeat('0', 64)) over (order by seq) as hash_before,
        lag(seq, 1, 0::bigint) over (order by seq) as seq_before
      from audit_events e
    ), tail as (select seq, hash from audit_chain where id = 1)
    select count(*) as events, coalesce(
      min(seq) filter (where hash <> digest or previous_hash <> hash_before or seq <> seq_before + 1),
      (select tail.seq from tail where tail.seq <> coalesce((select max(seq) from linked), 0)
        or (tail.seq > 0 and tail.hash <> (select hash from linked order by seq desc limit 1)))
    ) as broken_at
    from linked`);
  return {
    events: Number(row?.events ?? 0),
    brokenAt: row?.broken_at === null || row === undefined ? null : Number(row.broken_at),
  };
}
