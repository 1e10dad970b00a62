import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { type BulkState, bulkJobs } from "./schema";

export type { BulkAction, BulkState } from "./schema";

export type BulkJobRecord = Awaited<ReturnType<typeof selectJobs>>[number];
export type NewBulkJob = typeof bulkJobs.$inferInsert;

const LEASE_MS = 15_000;

export async function insertJob(tx: Executor, job: NewBulkJob): Promise<void> {
  await tx.insert(bulkJobs).values(job);
}

export async function findJob(db: Executor, id: string): Promise<BulkJobRecord | undefined> {
  const [job] = await selectJobs(db).where(eq(bulkJobs.id, id));
  return job;
}

/** The newest jobs, of one person or of everybody, before the one with that id. */
export function listJobs(
  db: Executor,
  { actorId, beforeId, limit }: { actorId?: string; beforeId?: string; limit: number },
): Promise<BulkJobRecord[]> {
  const { createdAt, id } = bulkJobs;
  const place = sql`(${createdAt}, ${id})`;
  return selectJobs(db)
    .where(
      and(
        actorId === undefined ? undefined : eq(bulkJobs.actorId, actorId),
        beforeId === undefined
          ? undefined
          : sql`${place} < (select created_at, id from bulk_jobs b where b.id = ${beforeId}::text::uuid)`,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(limit);
}

export async function countUnfinished(tx: Executor, actorId: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(bulkJobs)
    .where(and(eq(bulkJobs.actorId, actorId), isNull(bulkJobs.finishedAt)));
  return row?.count ?? 0;
}

/** Takes the job that waits longest and that nobody works on; undefined when there is none. */
export async function takeJob(db: Executor, by: string): Promise<string | undefined> {
  const [row] = await db.execute<{ id: string }>(sql`
    update bulk_jobs set lease_by = ${by}, lease_until = now() + ${LEASE_MS}::int * interval '1 millisecond'
    where id = (select id from bulk_jobs where finished_at is null and lease_until <= now()
      order by lease_until limit 1 for update skip locked)
    returning id`);
  return row?.id;
}

/** Holds a job that this process has taken, for longer; undefined when it has it no more. */
export async function holdJob(
  tx: Executor,
  id: string,
  by: string,
): Promise<BulkJobRecord | undefined> {
  const [job] = await tx
    .update(bulkJobs)
    .set({ leaseUntil: sql`now() + ${LEASE_MS}::int * interval '1 millisecond'` })
    .where(and(eq(bulkJobs.id, id), eq(bulkJobs.leaseBy, by), isNull(bulkJobs.finishedAt)))
    .returning(jobRecord);
  return job;
}

/** Holds a job whoever works on it. */
export async function lockJob(tx: Executor, id: string): Promise<BulkJobRecord | undefined> {
  const [job] = await selectJobs(tx).where(eq(bulkJobs.id, id)).for("update");
  return job;
}

/** Lets others go on with it, not before some time has passed. */
export async function releaseJob(
  db: Executor,
  id: string,
  by: string,
  { waitMs = 0, hasFailed = false } = {},
): Promise<void> {
  await db
    .update(bulkJobs)
    .set({
      leaseBy: null,
      leaseUntil: sql`now() + ${waitMs}::int * interval '1 millisecond'`,
      ...(hasFailed ? { attempts: sql`${bulkJobs.attempts} + 1` } : {}),
    })
    .where(and(eq(bulkJobs.id, id), eq(bulkJobs.leaseBy, by)));
}

/** Notes how far a job that this transaction holds has come. */
export async function advanceJob(
  tx: Executor,
  id: string,
  progress: Partial<
    Pick<
      BulkJobRecord,
      "state" | "collectedId" | "position" | "total" | "changed" | "skipped" | "attempts"
    >
  >,
): Promise<void> {
  await tx.update(bulkJobs).set(progress).where(eq(bulkJobs.id, id));
}

export async function finishJob(
  tx: Executor,
  id: string,
  state: Extract<BulkState, "done" | "cancelled" | "failed">,
  problem: string | null = null,
): Promise<void> {
  await tx
    .update(bulkJobs)
    .set({ state, problem, finishedAt: sql`now()`, leaseBy: null })
    .where(eq(bulkJobs.id, id));
}

/** Deletes some items of a job that ended so many days ago, at last the job. Returns how many. */
export async function purgeJobs(
  tx: Executor,
  { days, limit }: { days: number; limit: number },
): Promise<number> {
  const [old] = await tx
    .select({ id: bulkJobs.id })
    .from(bulkJobs)
    .where(lt(bulkJobs.finishedAt, sql`now() - ${days}::int * interval '1 day'`))
    .limit(1)
    .for("update", { skipLocked: true });
  if (!old) return 0;
  const items = await tx.execute(sql`
    delete from bulk_items where job_id = ${old.id} and position in
      (select position from bulk_items where job_id = ${old.id} order by position limit ${limit})
    returning 1`);
  if (items.length === 0) await tx.delete(bulkJobs).where(eq(bulkJobs.id, old.id));
  return Math.max(items.length, 1);
}

const jobRecord = {
  id: bulkJobs.id,
  actorId: bulkJobs.actorId,
  actorName: bulkJobs.actorName,
  actorToken: bulkJobs.actorToken,
  address: bulkJobs.address,
  userAgent: bulkJobs.userAgent,
  scope: bulkJobs.scope,
  action: bulkJobs.action,
  expiresAt: bulkJobs.expiresAt,
  reason: bulkJobs.reason,
  query: bulkJobs.query,
  state: bulkJobs.state,
  asOfSeq: bulkJobs.asOfSeq,
  collectedId: bulkJobs.collectedId,
  lastId: bulkJobs.lastId,
  position: bulkJobs.position,
  total: bulkJobs.total,
  changed: bulkJobs.changed,
  skipped: bulkJobs.skipped,
  problem: bulkJobs.problem,
  attempts: bulkJobs.attempts,
  createdAt: bulkJobs.createdAt,
  finishedAt: bulkJobs.finishedAt,
  /** Nobody has said for a while that they work on it. */
  isWaiting: sql<boolean>`${bulkJobs.finishedAt} is null and ${bulkJobs.leaseUntil} < now() - interval '5 seconds'`,
  readAt: sql`now()`.mapWith(bulkJobs.createdAt),
};

function selectJobs(db: Executor) {
  return db.select(jobRecord).from(bulkJobs);
}
