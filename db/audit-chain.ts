import { asc, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { auditAnchors, auditChain } from "./schema";

export interface AuditLink {
  seq: number;
  hash: string;
}

export type AuditAnchor = typeof auditAnchors.$inferSelect;

/** What does not fit at the first event that does not. */
export type AuditBreak = "missing" | "changed" | "unlinked" | "out of order";

/** The end of the chain as it was last written. */
export async function readAuditTail(db: Executor): Promise<AuditLink> {
  const [tail] = await db.select({ seq: auditChain.seq, hash: auditChain.hash }).from(auditChain);
  if (!tail) throw new Error("the audit chain has no end");
  return tail;
}

/** The months that were taken off the chain, the oldest first. */
export function listAnchors(db: Executor): Promise<AuditAnchor[]> {
  return db.select().from(auditAnchors).orderBy(asc(auditAnchors.firstSeq));
}

/** What the last event of a detachment says of that month, or undefined where it is gone too. */
export async function findDetachment(
  db: Executor,
  name: string,
): Promise<Record<string, unknown> | undefined> {
  const [row] = await db.execute<{ after: Record<string, unknown> }>(sql`
    select after from audit_events where object_name = ${name} and action = 'audit.detach'
    order by at desc, seq desc limit 1`);
  return row?.after;
}

/** The hash of one event, or undefined. */
export async function findAuditHash(db: Executor, seq: number): Promise<string | undefined> {
  const [row] = await db.execute<{ hash: string }>(
    sql`select hash from audit_events where seq = ${seq}`,
  );
  return row?.hash;
}

/**
 * Recomputes the digests and links of the events after `from`, up to `limit` of them. Answers the
 * last one, or the first event that is missing or does not fit, and how.
 */
export async function checkAuditPart(
  db: Executor,
  from: AuditLink,
  limit: number,
): Promise<{ end: AuditLink } | { brokenAt: number; problem: AuditBreak }> {
  const [row] = await db.execute<{
    broken_at: string | null;
    problem: AuditBreak | null;
    seq: string;
    hash: string;
  }>(sql`
    with part as (
      select seq, at, previous_hash, hash, audit_digest(e) as digest from audit_events e
      where seq > ${from.seq} order by seq limit ${limit}
    ), linked as (
      select *, lag(hash, 1, ${from.hash}::text) over (order by seq) as hash_before,
        lag(seq, 1, ${from.seq}::bigint) over (order by seq) as seq_before,
        lag(at, 1, at) over (order by seq) as at_before
      from part
    ), broken as (
      select seq_before + 1 as seq, case
        when seq <> seq_before + 1 then 'missing' when hash <> digest then 'changed'
        when previous_hash <> hash_before then 'unlinked' else 'out of order' end as problem
      from linked where hash <> digest or previous_hash <> hash_before or seq <> seq_before + 1
        or at < at_before
      order by linked.seq limit 1
    )
    select broken.seq as broken_at, problem, part.seq, hash from part left join broken on true
    order by part.seq desc limit 1`);
  if (!row) return { end: from };
  if (row.broken_at !== null) {
    return { brokenAt: Number(row.broken_at), problem: row.problem ?? "changed" };
  }
  return { end: { seq: Number(row.seq), hash: row.hash } };
}
