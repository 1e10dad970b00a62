import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { commitsUnflushed, type Executor } from "./client";
import { auditEvents } from "./schema";

type AuditEventRecord = typeof auditEvents.$inferSelect;
export type NewAuditEvent = Omit<AuditEventRecord, "seq" | "at" | "previousHash" | "hash">;

/**
 * Appends an event to the chain and returns its number, which is in commit order. Holds the end of
 * the chain until commit, so it comes after every other lock a transaction takes.
 */
export async function insertAuditEvent(tx: Executor, event: NewAuditEvent): Promise<number> {
  const [seq] = await insertAuditEvents(tx, [event]);
  if (seq === undefined) throw new Error("an event was appended without a number");
  return seq;
}

/** As insertAuditEvent, of many at once: in this order, without a number between them; gives them. */
export async function insertAuditEvents(
  tx: Executor,
  events: readonly NewAuditEvent[],
): Promise<number[]> {
  if (events.length === 0) return [];
  commitsUnflushed(tx);
  // Prepared, so that the server plans it once and is asked once.
  const rows = await tx
    .select({ seq: sql`seq`.mapWith(Number) })
    .from(sql`unnest(audit_append(${toJson(events)}::text::jsonb)) as seq`)
    .prepare("append_events")
    .execute();
  return rows.map(({ seq }) => seq);
}

/**
 * As insertAuditEvent, as part of the statement that writes the change: stands for the number there.
 * The event is given as the placeholder `event` when the statement is executed, as toJson writes it.
 * The part of the statement called `held` has locked its rows by then: the end of the chain is held
 * after them, as by everybody else, in whatever order PostgreSQL evaluates the columns.
 */
export function appending(held: string): SQL<number> {
  return sql<number>`(select (audit_append(${sql.placeholder("event")}::text::jsonb))[1]
    from (values (1)) one left join ${sql.identifier(held)} on true)`;
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
    .orderBy(desc(auditEvents.at), desc(auditEvents.seq))
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
    sql`(select at, seq from audit_events where ${column} = ${userId} and seq < ${page.beforeSeq}
      order by at desc, seq desc limit ${page.limit})`;
  const { at, seq } = auditEvents;
  return db
    .select()
    .from(auditEvents)
    .where(
      sql`(${at}, ${seq}) in (${part(auditEvents.actorId)} union ${part(auditEvents.ownerId)})`,
    )
    .orderBy(desc(at), desc(seq))
    .limit(page.limit);
}

/** The newest successful event of each of these objects. */
export function latestAuditEvents(db: Executor, kind: string, names: readonly string[]) {
  const given = sql`unnest(array[${sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  )}]::text[]) as n(name)`;
  return db
    .select({
      objectName: sql<string>`e.object_name`,
      actorName: sql<string>`e.actor_name`,
      at: sql<Date>`e.at`.mapWith(auditEvents.at),
    })
    .from(given)
    .crossJoin(
      sql`lateral (select object_name, actor_name, at from audit_events
        where object_name = n.name and object_kind = ${kind} and outcome = 'success'
        order by at desc, seq desc limit 1) e`,
    );
}

/** Events as the functions of the database take them; it takes no half of a surrogate pair. */
export function toJson(events: readonly NewAuditEvent[]): string {
  const rows = events.map((event) => ({
    actor_id: event.actorId,
    actor_name: event.actorName,
    actor_token: event.actorToken,
    action: event.action,
    object_kind: event.objectKind,
    object_name: event.objectName,
    owner_id: event.ownerId,
    outcome: event.outcome,
    reason: event.reason,
    before: event.before,
    after: event.after,
    address: event.address,
    user_agent: event.userAgent,
    request_id: event.requestId,
  }));
  return JSON.stringify(rows, (_, value) =>
    typeof value === "string" ? value.toWellFormed() : value,
  );
}
