import { and, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "./client";
import { auditEvents, users } from "./schema";

/** Which events, in the terms of the table. Absent fields do not restrict. */
export interface AuditQuery {
  actorName?: string | undefined;
  actorId?: string | undefined;
  ownerId?: string | undefined;
  objectName?: string | undefined;
  action?: string | undefined;
  outcome?: string | undefined;
  address?: string | undefined;
  requestId?: string | undefined;
  sinceMs?: number | undefined;
  fromAt?: Date | undefined;
  toAt?: Date | undefined;
  /** Older than the position, or with `newer` the ones that are newer, which come oldest first. */
  position?: { atMs: number; seq: number; newer: boolean } | undefined;
  limit: number;
}

/** Events with the names of the users whom they are about, as far as these still exist. */
export type ListedAuditEvent = Awaited<ReturnType<typeof selectAuditEvents>>[number];

/**
 * Events that meet every condition, the newest first. Ordered by time and number, as the partitions
 * are and every index is: a page reads its own events and no more.
 */
export function selectAuditEvents(db: Executor, query: AuditQuery) {
  const newer = query.position?.newer ?? false;
  const direction = sql.raw(newer ? "asc" : "desc");
  const order = sql`${auditEvents.at} ${direction}, ${auditEvents.seq} ${direction}`;
  const page = db
    .select()
    .from(auditEvents)
    .where(and(...conditions(query)))
    .orderBy(order)
    .limit(query.limit)
    .as("page");
  const [owner, subject] = [alias(users, "owner"), alias(users, "subject")];
  const { seq, at } = page;
  return db
    .select({
      seq,
      at,
      actorId: page.actorId,
      actorName: page.actorName,
      actorToken: page.actorToken,
      action: page.action,
      objectKind: page.objectKind,
      objectName: page.objectName,
      ownerId: page.ownerId,
      outcome: page.outcome,
      reason: page.reason,
      before: page.before,
      after: page.after,
      address: page.address,
      userAgent: page.userAgent,
      requestId: page.requestId,
      previousHash: page.previousHash,
      hash: page.hash,
      ownerName: owner.username,
      subjectName: subject.username,
    })
    .from(page)
    .leftJoin(owner, eq(owner.id, page.ownerId))
    .leftJoin(subject, and(eq(page.objectKind, "user"), eq(subject.id, page.objectName)))
    .orderBy(sql`${at} ${direction}, ${seq} ${direction}`);
}

/** One event by its number, or undefined. */
export async function findAuditEvent(
  db: Executor,
  seq: number,
): Promise<ListedAuditEvent | undefined> {
  const [position] = await db
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .where(eq(auditEvents.seq, seq));
  if (!position) return undefined;
  const atMs = position.at.getTime();
  const [event] = await selectAuditEvents(db, {
    position: { atMs, seq: seq + 1, newer: false },
    limit: 1,
  });
  return event;
}

/** The user id under which somebody of this name acted last, for those who are gone. */
export async function findPastActorId(db: Executor, name: string): Promise<string | undefined> {
  const [row] = await db.execute<{ actor_id: string }>(sql`
    select actor_id from audit_events where lower(actor_name) = lower(${name})
      and actor_id is not null order by at desc, seq desc limit 1`);
  return row?.actor_id;
}

/** The name under which a user acted last on what was theirs. */
export async function findPastName(db: Executor, id: string): Promise<string | undefined> {
  const [row] = await db.execute<{ actor_name: string }>(sql`
    select actor_name from audit_events where owner_id = ${id} and actor_id = ${id}
    order by at desc, seq desc limit 1`);
  return row?.actor_name;
}

function conditions(query: AuditQuery): (SQL | undefined)[] {
  const { actorName, sinceMs, fromAt, toAt } = query;
  const { at, actorId, ownerId, objectName, action, outcome, address, requestId } = auditEvents;
  const equal = { actorId, ownerId, objectName, action, outcome, address, requestId };
  return [
    ...Object.entries(equal).map(([name, column]) => {
      const value = query[name as keyof typeof equal];
      return value === undefined ? undefined : sql`${column} = ${value}`;
    }),
    actorName === undefined
      ? undefined
      : sql`lower(${auditEvents.actorName}) = lower(${actorName}::text)`,
    sinceMs === undefined
      ? undefined
      : sql`${at} >= now() - ${sinceMs}::bigint * interval '1 millisecond'`,
    fromAt && sql`${at} >= ${fromAt.toISOString()}::timestamptz`,
    toAt && sql`${at} < ${toAt.toISOString()}::timestamptz`,
    query.position && beyond(query.position),
  ];
}

// The time by itself too: it tells which partitions need no look.
function beyond({ atMs, seq, newer }: NonNullable<AuditQuery["position"]>): SQL {
  const at = sql`${new Date(atMs).toISOString()}::timestamptz`;
  const place = sql`(${auditEvents.at}, ${auditEvents.seq})`;
  return newer
    ? sql`${auditEvents.at} >= ${at} and ${place} > (${at}, ${seq}::bigint)`
    : sql`${auditEvents.at} <= ${at} and ${place} < (${at}, ${seq}::bigint)`;
}
