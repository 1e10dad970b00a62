import { sql } from "drizzle-orm";
import type { Executor } from "./client";

const SWEEP_LOCK = 4_276_007;

/** Whether this transaction is the one sweep of all processes, until it ends. */
export async function holdSweep(tx: Executor): Promise<boolean> {
  const [row] = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as held`,
  );
  return row?.held ?? false;
}

/** Computes the risks whose time has come, but of tokens that somebody holds. Returns how many. */
export async function refreshDueRisks(tx: Executor, limit: number): Promise<number> {
  const rows = await tx.execute<{ token_id: string }>(sql`
    select token_id from token_uses where risk_due_at < now()
    order by risk_due_at, token_id limit ${limit} for update skip locked`);
  await refreshRisks(tx, rows);
  return rows.length;
}

/**
 * Computes the risks of some tokens of a user whose role or state has changed; the next call goes
 * on from there. Returns how many; fewer than `limit` when nobody waits any more.
 */
export async function refreshOwnersRisks(tx: Executor, limit: number): Promise<number> {
  let done = 0;
  while (done < limit) {
    const [owner] = await tx.execute<{ owner_id: string; after_id: string }>(
      sql`select * from risk_owners order by owner_id limit 1 for update`,
    );
    if (!owner) return done;
    const wanted = limit - done;
    const rows = await tx.execute<{ token_id: string }>(sql`
      select id as token_id from tokens
      where owner_id = ${owner.owner_id} and id > ${owner.after_id}::text::bigint
      order by id limit ${wanted}`);
    await refreshRisks(tx, rows);
    done += rows.length;
    const last = rows.at(-1)?.token_id;
    if (rows.length < wanted || last === undefined) {
      await tx.execute(sql`delete from risk_owners where owner_id = ${owner.owner_id}`);
    } else {
      await tx.execute(
        sql`update risk_owners set after_id = ${last}::text::bigint where owner_id = ${owner.owner_id}`,
      );
    }
  }
  return done;
}

/**
 * Computes the risks of some tokens that a changed maximum of lifetimes touches; the next call goes
 * on from there. Returns how many; fewer than `limit` when all know the present maximum.
 */
export async function refreshPolicyRisks(tx: Executor, limit: number): Promise<number> {
  const [policy] = await tx.execute<{ low: string; high: string; after_id: string }>(sql`
    update risk_policy set
      -- Changed again on the way, what some tokens know is of neither: all are computed.
      ttl_ms_max = case when after_id is not null and ttl_ms_max_next is distinct from token_ttl_ms_max()
        then 0 else ttl_ms_max end,
      after_id = case when ttl_ms_max_next is distinct from token_ttl_ms_max()
        then 0 else coalesce(after_id, 0) end,
      ttl_ms_max_next = token_ttl_ms_max()
    where ttl_ms_max is distinct from token_ttl_ms_max() or after_id is not null
    returning after_id,
      least(coalesce(ttl_ms_max, 9223372036854775806), coalesce(ttl_ms_max_next, 9223372036854775806)) as low,
      greatest(coalesce(nullif(ttl_ms_max, 0), 9223372036854775807),
        coalesce(ttl_ms_max_next, 9223372036854775807)) as high`);
  if (!policy) return 0;
  const rows = await tx.execute<{ token_id: string }>(sql`
    select id as token_id from tokens
    where case when ttl_ms < 0 then 9223372036854775807 else ttl_ms end
        > ${policy.low}::text::bigint
      and case when ttl_ms < 0 then 9223372036854775807 else ttl_ms end
        <= ${policy.high}::text::bigint
      and id > ${policy.after_id}::text::bigint
    order by id limit ${limit}`);
  await refreshRisks(tx, rows);
  const last = rows.at(-1)?.token_id;
  if (rows.length < limit || last === undefined) {
    await tx.execute(sql`
      update risk_policy set ttl_ms_max = ttl_ms_max_next, ttl_ms_max_next = null, after_id = null`);
  } else {
    await tx.execute(sql`update risk_policy set after_id = ${last}::text::bigint`);
  }
  return rows.length;
}

async function refreshRisks(tx: Executor, rows: readonly { token_id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = `{${rows.map((row) => row.token_id).join(",")}}`;
  await tx.execute(sql`select refresh_risks(${ids}::text::bigint[])`);
}
