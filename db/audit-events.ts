import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { auditChain, auditEvents } from "./schema";

type AuditEventRecord = typeof auditEvents.$inferSelect;
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

/** As insertAuditEvent, of many at once: in this order, without a number between them; gives them. */
export async function insertAuditEvents(
  tx: Executor,
  events: readonly NewAuditEvent[],
): Promise<number[]> {
  if (events.length === 0) return [];
  const rows = await tx
    .insert(auditEvents)
    .values(
      events.map((event) => ({ ...event, seq: 0, at: sql`now()`, previousHash: "", hash: "" })),
    )
    .returning({ seq: auditEvents.seq });
  return rows.map(({ seq }) => seq);
}

/** The newest events of one object, newest first, before the given number. */
export function listAuditEventsOf(
  db: Executor,
  object: { kind: string; name: string },
  page: { beforeSeq: number; limit: number },
) {
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

/** The newest events by a user or about what is theirs, newest first, before the given number. */
export function listAuditEventsOfUser(
  db: Executor,
  userId: string,
  page: { beforeSeq: number; limit: number },
) {
  // Each part by its own index: with "or" PostgreSQL would sort all there ever was.
  const part = (column: typeof auditEvents.actorId | typeof auditEvents.ownerId) =>
    sql`(select seq from audit_events where ${column} = ${userId} and seq < ${page.beforeSeq}
      order by seq desc limit ${page.limit})`;
  return db
    .select()
    .from(auditEvents)
    .where(
      inArray(
        auditEvents.seq,
        sql`(${part(auditEvents.actorId)} union ${part(auditEvents.ownerId)})`,
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(page.limit);
}

/** The end of the chain as it was last written. */
export async function readAuditTail(db: Executor): Promise<{ seq: number; hash: string }> {
  const [tail] = await db.select({ seq: auditChain.seq, hash: auditChain.hash }).from(auditChain);
  if (!tail) throw new Error("the audit chain has no end");
  return tail;
}

export interface AuditLink {
  seq: number;
  /** The hash of the last event of this part. */
  hash: string;
}

/**
 * Recomputes the digests and links of the events after `from`, up to `limit` of them. Answers the
 * last one, or the number of the first event that is missing or does not fit.
 */
export async function checkAuditPart(
  db: Executor,
  from: AuditLink,
  limit: number,
): Promise<{ end: AuditLink } | { brokenAt: number }> {
  const [row] = await db.execute<{ broken_at: string | null; seq: string; hash: string }>(sql`
    with part as (
      select seq, previous_hash, hash, audit_digest(e) as digest from audit_events e
      where seq > ${from.seq} order by seq limit ${limit}
    ), linked as (
      select *, lag(hash, 1, ${from.hash}::text) over (order by seq) as hash_before,
        lag(seq, 1, ${from.seq}::bigint) over (order by seq) as seq_before
      from part
    )
    select (select min(seq_before) + 1 from linked where hash <> digest
        or previous_hash <> hash_before or seq <> seq_before + 1) as broken_at,
      seq, hash from part order by seq desc limit 1`);
  if (!row) return { end: from };
  if (row.broken_at !== null) return { brokenAt: Number(row.broken_at) };
  return { end: { seq: Number(row.seq), hash: row.hash } };
}

/** The newest successful event of each of these objects. */
export function latestAuditEvents(db: Executor, kind: string, names: readonly string[]) {
  const latest = sql`(select max(seq) from audit_events e where e.object_kind = ${kind}
    and e.object_name = n.name and e.outcome = 'success')`;
  return db
    .select({
      objectName: auditEvents.objectName,
      actorName: auditEvents.actorName,
      at: auditEvents.at,
    })
    .from(auditEvents)
    .where(
      sql`${auditEvents.seq} in (select ${latest} from unnest(array[${sql.join(
        names.map((name) => sql`${name}`),
        sql`, `,
      )}]::text[]) as n(name))`,
    );
}
