import { desc, inArray, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { auditEvents } from "./schema";

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
