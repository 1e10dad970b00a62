import { and, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokens } from "./schema";
import { matching, type TokenConditions, tokenConditions } from "./token-conditions";

/** How many; `isMore` says that there are more than were counted. */
export interface Count {
  count: number;
  isMore: boolean;
}

/** How many match, counted up to `max`. */
export async function countMatching(
  db: Executor,
  conditions: TokenConditions,
  max: number,
): Promise<Count> {
  const [count] = await countEach(db, [conditions], max);
  return count ?? { count: 0, isMore: false };
}

/** How many match each of some conditions, every one counted up to `max` by itself. */
export async function countEach(
  db: Executor,
  each: readonly TokenConditions[],
  max: number,
): Promise<Count[]> {
  const counts = each.map(
    (conditions) =>
      sql`(select count(*) from (select 1 ${matching(conditions)} limit ${max + 1}) matching)`,
  );
  const [row] = await db.execute<{ counts: number[] }>(
    sql`select jsonb_build_array(${sql.join(counts, sql`, `)}) as counts`,
  );
  return listOf(row?.counts).map((count) => toCount(count, max));
}

/**
 * How many match, and of those how many each of some further conditions, in one pass; undefined
 * when more than `max` match.
 */
export async function countWithin(
  db: Executor,
  conditions: TokenConditions,
  each: readonly TokenConditions[],
  max: number,
): Promise<{ total: Count; counts: Count[] } | undefined> {
  const all = matching(conditions, { withOwners: true, withUses: true });
  const [total = 0, ...counts] = await countFlagged(db, all, each.map(allOf), max);
  if (total > max) return undefined;
  return { total: toCount(total, max), counts: counts.map((count) => toCount(count, max)) };
}

/** How many of `from …`, one more than `max` at most, and how many of those meet each of the flags. */
export async function countFlagged(
  db: Executor,
  from: SQL,
  each: readonly SQL[],
  max: number,
): Promise<number[]> {
  const flags = each.map((is, at) => sql`(${is}) as ${sql.identifier(`f${at}`)}`);
  const sums = each.map((_, at) => sql`count(*) filter (where ${sql.identifier(`f${at}`)})`);
  const [row] = await db.execute<{ counts: number[] }>(sql`
    select jsonb_build_array(${sql.join([sql`count(*)`, ...sums], sql`, `)}) as counts
    from (select ${sql.join([sql`1 as one`, ...flags], sql`, `)} ${from} limit ${max + 1}) matching`);
  return listOf(row?.counts);
}

/** How many tokens end in each part of a time, by the number of the part, from the first on. */
export async function countExpiries(
  db: Executor,
  conditions: TokenConditions,
  parts: { from: Date; partMs: number; count: number },
): Promise<Map<number, number>> {
  const from = sql`${parts.from.toISOString()}::text::timestamptz`;
  const lengthMs = parts.partMs * parts.count;
  const rows = await db.execute<{ part: number; count: string }>(sql`
    select floor(extract(epoch from ${tokens.expiresAt} - ${from}) * 1000 / ${parts.partMs}::bigint)::int as part,
      count(*) as count
    ${matching(conditions)}
      and ${tokens.expiresAt} >= ${from}
      and ${tokens.expiresAt} < ${from} + ${lengthMs}::bigint * interval '1 millisecond'
    group by 1`);
  return new Map(rows.map(({ part, count }) => [Number(part), Number(count)]));
}

/** Some of the kinds that there are, sign-ins and the empty one left out. */
export async function listKinds(
  db: Executor,
  ownerId: string | undefined,
  limit: number,
): Promise<string[]> {
  const isVisible = ownerId === undefined ? sql`true` : sql`owner_id = ${ownerId}`;
  // One step into the index for each kind, and not one for each token.
  const all = sql`
    with recursive kinds as (
      (select kind from tokens where kind > '' order by kind limit 1)
      union all
      select (select kind from tokens where kind > kinds.kind order by kind limit 1) from kinds
      where kinds.kind is not null)
    select kind from kinds where kind <> 'session' limit ${limit}`;
  const own = sql`
    select distinct kind from tokens
    where ${isVisible} and kind not in ('', 'session') order by kind limit ${limit}`;
  const rows = await db.execute<{ kind: string }>(ownerId === undefined ? all : own);
  return rows.map(({ kind }) => kind);
}

function allOf(conditions: TokenConditions): SQL {
  return and(sql`true`, ...tokenConditions(conditions)) ?? sql`true`;
}

function toCount(counted: number, max: number): Count {
  return { count: Math.min(counted, max), isMore: counted > max };
}

// The driver leaves JSON as it is written, or reads it, by its settings.
function listOf(counts: number[] | string | undefined): number[] {
  return typeof counts === "string" ? JSON.parse(counts) : (counts ?? []);
}
