import { asDatabaseOwner } from "./worker-database";

export const EVENTS = 3_000_000;

/**
 * Fills the trail as a year would, over twelve months: a few act most of the time, hardly anything
 * fails, and there are people, actions and outcomes that were seen only at its beginning.
 */
export async function insertMillionsOfEvents(): Promise<void> {
  await asDatabaseOwner(async (pool) => {
    const sql = await pool.reserve();
    try {
      await sql`set synchronous_commit = off`;
      await sql`set maintenance_work_mem = '1GB'`;
      await sql`set session_replication_role = replica`;
      await sql`
        insert into users (id, username, role)
        select 'user-' || n, (array['ann', 'bob'])[1 + n % 2] || '.' || n, 'user'
        from generate_series(0, 1999) n`;
      await sql`
        select audit_cover(date_trunc('month', now() - interval '1 year', 'UTC'),
          date_trunc('month', now(), 'UTC') - interval '1 day')`;
      const indexes = await sql<{ name: string; definition: string }[]>`
        select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
        from pg_index left join pg_constraint on conindid = indexrelid
        where pg_constraint.oid is null and indrelid = 'audit_events'::regclass`;
      for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
      await sql`
        with drawn as (
          select n, random() as r1, random() as r2, random() as r3,
            now() - (${EVENTS} - n) * interval '1 year' / ${EVENTS} as at
          from generate_series(1, ${EVENTS}::int) n
        ), shaped as (
          select n, at, r2, r3, floor(2000 * power(r1, 3))::int as person, n < ${EVENTS / 50} as early
          from drawn
        )
        insert into audit_events (seq, at, actor_id, actor_name, action, object_kind, object_name,
          owner_id, outcome, address, request_id, previous_hash, hash)
        select n, at, case when early and r2 < 0.1 then 'user-gone' else 'user-' || person end,
          case when early and r2 < 0.1 then 'gone' else (array['ann', 'bob'])[1 + person % 2] || '.' || person end,
          case when early and r3 < 0.01 then 'user.link-identity' when r3 < 0.0001 then 'setting.update'
            when r3 < 0.3 then 'session.sign-in' when r3 < 0.5 then 'token.create' else 'token.update' end,
          'token', 'token-' || n % 100000, 'user-' || person,
          case when early and r2 < 0.05 then 'denied' when r2 < 0.01 and r3 < 0.3 then 'failure' else 'success' end,
          case when r2 < 0.3 then '192.0.2.1' else '198.51.100.' || n % 250 end,
          case when n between 1000000 and 1100000 then 'bulk' else 'request-' || n end, 'x', 'x'
        from shaped order by n`;
      for (const { definition } of indexes) {
        await sql.unsafe(definition.replace(" ON ONLY ", " ON "));
      }
      await sql`vacuum (analyze) audit_events`;
    } finally {
      sql.release();
    }
  });
}
