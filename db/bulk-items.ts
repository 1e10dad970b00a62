import { and, asc, eq, gt, sql } from "drizzle-orm";
import { listedNames } from "./bulk-preview";
import type { Executor } from "./client";
import { bulkItems, tokens, users } from "./schema";
import { matching, type TokenConditions } from "./token-conditions";

export type BulkItem = Awaited<ReturnType<typeof listItems>>[number];

/** Stores the tokens of these names, and the names that no visible token has as skipped. */
export async function insertNamedItems(
  tx: Executor,
  jobId: string,
  { conditions, names }: { conditions: TokenConditions; names: readonly string[] },
): Promise<{ total: number; missing: number }> {
  const rows = await tx.execute<{ is_missing: boolean }>(sql`
    insert into bulk_items (job_id, position, token_id, token_name, owner_id, outcome, why)
    select ${jobId}::text::uuid, row_number() over (order by found.id nulls first, given.name), found.id,
      given.name, found.owner_id, case when found.id is null then 'skipped' end,
      case when found.id is null then 'There is no such token.' end
    from (select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb) as name) given
      left join (select ${tokens.id} as id, ${tokens.name} as name, ${tokens.ownerId} as owner_id
        ${matching(conditions)} and ${listedNames(names)}) found on found.name = given.name
    returning token_id is null as is_missing`);
  return { total: rows.length, missing: rows.filter((row) => row.is_missing).length };
}

/** Stores what matches of a range of ids, after the position; returns how many that are. */
export async function collectItems(
  tx: Executor,
  jobId: string,
  conditions: TokenConditions,
  range: { afterId: number; upToId: number; position: number },
): Promise<number> {
  const rows = await tx.execute(sql`
    insert into bulk_items (job_id, position, token_id, token_name, owner_id)
    select ${jobId}::text::uuid, ${range.position}::int + row_number() over (order by ${tokens.id}),
      ${tokens.id}, ${tokens.name}, ${tokens.ownerId}
    ${matching(conditions)} and ${tokens.id} > ${range.afterId}::bigint
      and ${tokens.id} <= ${range.upToId}::bigint
    returning 1`);
  return rows.length;
}

/** The items after a position, up to which all have an outcome. */
export function nextItems(
  tx: Executor,
  jobId: string,
  { after, limit }: { after: number; limit: number },
) {
  return tx
    .select({
      position: bulkItems.position,
      tokenId: bulkItems.tokenId,
      tokenName: bulkItems.tokenName,
    })
    .from(bulkItems)
    .where(and(eq(bulkItems.jobId, jobId), gt(bulkItems.position, after)))
    .orderBy(asc(bulkItems.position))
    .limit(limit);
}

export interface BulkOutcome {
  position: number;
  outcome: "changed" | "skipped";
  why: string | null;
}

export async function storeOutcomes(
  tx: Executor,
  jobId: string,
  outcomes: readonly BulkOutcome[],
): Promise<void> {
  await tx.execute(sql`
    update bulk_items i set outcome = given.outcome, why = given.why
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::text::jsonb)
      as given (position int, outcome text, why text)
    where i.job_id = ${jobId}::text::uuid and i.position = given.position`);
}

/** Items in their order, with the present names of the owners as far as these exist. */
export function listItems(
  db: Executor,
  jobId: string,
  page: { after: number; limit: number; isSkipped: boolean },
) {
  return db
    .select({
      position: bulkItems.position,
      tokenName: bulkItems.tokenName,
      ownerName: users.username,
      outcome: bulkItems.outcome,
      why: bulkItems.why,
    })
    .from(bulkItems)
    .leftJoin(users, eq(users.id, bulkItems.ownerId))
    .where(
      and(
        eq(bulkItems.jobId, jobId),
        gt(bulkItems.position, page.after),
        page.isSkipped ? sql`${bulkItems.outcome} = 'skipped'` : undefined,
      ),
    )
    .orderBy(asc(bulkItems.position))
    .limit(page.limit);
}

/** How many were skipped for each reason, the most frequent first; names in them count apart. */
export async function countReasons(
  db: Executor,
  jobId: string,
  limit: number,
): Promise<{ why: string; count: number }[]> {
  const rows = await db.execute<{ why: string; count: string }>(sql`
    select why, count(*) as count from bulk_items
    where job_id = ${jobId}::text::uuid and outcome = 'skipped'
    group by why order by count(*) desc, why limit ${limit}`);
  return rows.map(({ why, count }) => ({ why, count: Number(count) }));
}
