import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { auditEvents, tokens, users } from "./schema";

/**
 * The tokens whose events say that they were shortened for this reason, of a range of events, so
 * that a part takes as long however few they are. What is deleted since has its name left.
 */
export function listShortened(
  db: Executor,
  reason: string,
  range: { afterSeq: number; upToSeq: number },
) {
  return db
    .select({
      at: auditEvents.at,
      actorName: auditEvents.actorName,
      name: auditEvents.objectName,
      ownerName: users.username,
      kind: tokens.kind,
      description: tokens.description,
      createdAt: tokens.createdAt,
      ttlMsBefore: sql`${auditEvents.before} ->> 'ttlMs'`.mapWith(Number),
      ttlMsAfter: sql`${auditEvents.after} ->> 'ttlMs'`.mapWith(Number),
    })
    .from(auditEvents)
    .leftJoin(tokens, eq(tokens.name, auditEvents.objectName))
    .leftJoin(users, eq(users.id, auditEvents.ownerId))
    .where(
      and(
        gt(auditEvents.seq, range.afterSeq),
        lte(auditEvents.seq, range.upToSeq),
        eq(auditEvents.action, "token.update"),
        eq(auditEvents.reason, reason),
      ),
    )
    .orderBy(asc(auditEvents.seq));
}
