import { sql } from "drizzle-orm";
import { type NewAuditEvent, toJson } from "./audit-events";
import type { ListedAuditEvent } from "./audit-list";
import { commitsUnflushed, type Executor } from "./client";
import { RETENTION_ROLE } from "./roles";

/** A month of the trail, by the name of its table. */
export interface AuditMonth {
  part: string;
  /** Null of a month without events. */
  lastSeq: number | null;
}

const RETENTION_LOCK = 4_276_002;

/** Makes the partitions of the next two months, where they are missing. */
export async function prepareMonths(db: Executor): Promise<void> {
  await db.execute(sql`select audit_prepare(now() + interval '2 months')`);
}

/**
 * Goes on in this transaction as the role that may take months off, and keeps every other process
 * from doing the same. False where another one does already.
 */
export async function actAsRetention(tx: Executor): Promise<boolean> {
  const [lock] = await tx.execute<{ is_mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(${RETENTION_LOCK}) as is_mine`,
  );
  if (!lock?.is_mine) return false;
  const [role] = await tx.execute(sql`select 1 from pg_roles where rolname = ${RETENTION_ROLE}`);
  // Without roles of our own the login is the owner.
  if (role) await tx.execute(sql`set local role ${sql.identifier(RETENTION_ROLE)}`);
  return true;
}

/** The oldest month that ended longer ago than so many days, or undefined. */
export async function findOldMonth(tx: Executor, days: number): Promise<AuditMonth | undefined> {
  const [row] = await tx.execute<{ part: string; last_seq: string | null }>(
    sql`select part, last_seq from audit_oldest(${days}::int)`,
  );
  return row && { part: row.part, lastSeq: row.last_seq === null ? null : Number(row.last_seq) };
}

/** Takes that month off the trail, with an event. False when it is no longer the oldest. */
export async function detachMonth(
  tx: Executor,
  { days, part, event }: { days: number; part: string; event: NewAuditEvent },
): Promise<boolean> {
  commitsUnflushed(tx);
  const [row] = await tx.execute<{ done: boolean }>(
    sql`select audit_detach(${days}::int, ${part}, ${toJson([event])}::text::jsonb -> 0) as done`,
  );
  return row?.done ?? false;
}

/** Deletes the events of a month that was taken off. False when there is no such month. */
export async function dropDetached(
  tx: Executor,
  { part, event }: { part: string; event: NewAuditEvent },
): Promise<boolean> {
  commitsUnflushed(tx);
  const [row] = await tx.execute<{ done: boolean }>(
    sql`select audit_drop(${part}, ${toJson([event])}::text::jsonb -> 0) as done`,
  );
  return row?.done ?? false;
}

export async function markExported(tx: Executor, part: string): Promise<void> {
  await tx.execute(sql`select audit_mark_exported(${part})`);
}

/** Events of a month that was taken off, after a number, in order. */
export async function readDetached(
  tx: Executor,
  { part, afterSeq, limit }: { part: string; afterSeq: number; limit: number },
): Promise<ListedAuditEvent[]> {
  const rows = await tx.execute<Record<string, unknown>>(sql`
    select e.*, null as owner_name, null as subject_name from ${sql.identifier(part)} e
    where seq > ${afterSeq} order by seq limit ${limit}`);
  return rows.map((row) => {
    const entries = Object.entries(row).map(([name, value]) => [camelCase(name), value]);
    const event = Object.fromEntries(entries);
    return { ...event, seq: Number(row.seq), at: new Date(String(row.at)) } as ListedAuditEvent;
  });
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
