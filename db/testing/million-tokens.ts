import type postgres from "postgres";
import { asDatabaseOwner } from "./worker-database";

const USERS = 2_000;
const TOKENS = 1_000_000;
const EVENTS = 300_000;

/**
 * Fills the database as years of use would: some owners have tens of thousands of tokens and most a
 * few, three in ten are sign-ins, most have an end and many have passed it, a quarter was never
 * used. Indexes are dropped before and built after, and foreign keys are not checked.
 */
export async function insertMillionTokens(): Promise<void> {
  await asDatabaseOwner(async (pool) => {
    const sql = await pool.reserve();
    try {
      await sql`set synchronous_commit = off`;
      await sql`set maintenance_work_mem = '1GB'`;
      await sql`set session_replication_role = replica`;
      await insertUsers(sql);
      await withoutIndexes(sql, async () => {
        await insertTokens(sql);
        await insertUses(sql);
        await insertEvents(sql);
      });
      for (const table of ["users", "tokens", "token_uses", "audit_events"]) {
        await sql.unsafe(`vacuum (analyze) ${table}`);
      }
    } finally {
      sql.release();
    }
  });
}

async function insertUsers(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into users (id, username, role, enabled, created_at)
    select 'user-' || n, (array['ann', 'bob', 'Cem', 'dörte', 'eve', 'ci-bot'])[1 + n % 6] || '.' || n,
      case when n % 100 = 0 then 'admin' else 'user' end, n % 50 <> 7, now() - interval '3 years'
    from generate_series(0, ${USERS - 1}::int) n`;
}

async function insertTokens(sql: postgres.Sql): Promise<void> {
  await sql`
    with drawn as (
      select n, random() as r1, random() as r2, random() as r3, random() as r4, random() as r5
      from generate_series(1, ${TOKENS}::int) n
    ), shaped as (
      select n, r4, r5,
        floor(${USERS} * power(r1, 3))::int as owner,
        case when r2 < 0.3 then 'session' when r2 < 0.9 then ''
          else (array['ci', 'kubeconfig', 'agent', 'deploy', 'telemetry', 'backup'])[1 + n % 6]
        end as kind,
        case when r2 < 0.3 then 57600000 when r3 < 0.6 then 7776000000 when r3 < 0.8 then 2592000000
          when r3 < 0.9 then 86400000 else -1 end::bigint as ttl_ms,
        -- Rows lie in the order in which they were made, over about four months.
        date_trunc('second', now() - (${TOKENS} - n) * interval '10 seconds') as created_at,
        -- Half have labels: few teams, many apps.
        case when n % 2 = 0 then '{}'::jsonb else jsonb_build_object('team', 'team-' || n / 2 % 20,
          'app', 'app-' || n / 2 % 5000, 'env', case when r4 < 0.9 then 'prod' else 'test' end)
        end as labels
      from drawn
    )
    insert into tokens (name, owner_id, owner_key, owner_principal, kind, description, ttl_ms, enabled, hash,
      labels, annotations, created_at, expires_at, updated_at, resource_version)
    select 'token-' || translate(substr(md5(n::text), 1, 5) || lpad(to_hex(n), 5, '0'),
        '0123456789abcdef', 'bcdfghjklmnpqrst'),
      'user-' || owner, users.name_key, '{}', kind,
      case when kind = 'session' or r4 < 0.2 then '' else
        (array['Deploy', 'deploys of', 'backup', 'Grafana', 'terraform', 'kubectl on', 'CI for', 'Über'])[1 + n % 8]
        || ' ' || (array['shop', 'billing', 'search', 'mail', 'wiki', 'api'])[1 + (n / 8) % 6] || ' ' || n
      end,
      ttl_ms, r5 >= 0.03, 'v1:sha256:' || md5(n::text), labels, '{}', shaped.created_at,
      case when ttl_ms < 0 then 'infinity' else shaped.created_at + ttl_ms * interval '1 millisecond' end,
      shaped.created_at, n
    from shaped join users on users.id = 'user-' || owner order by n`;
}

async function insertUses(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into token_uses (token_id, last_used_at, address, user_agent)
    select id,
      case when id % 4 = 0 then '-infinity' else
        created_at + random() * (least(now(), expires_at) - created_at) end,
      '192.0.2.' || id % 256, 'kubectl/v1.31.0 (linux/amd64)'
    from tokens`;
}

async function insertEvents(sql: postgres.Sql): Promise<void> {
  await sql`
    select audit_cover(date_trunc('month', min(created_at), 'UTC'),
      date_trunc('month', now(), 'UTC') - interval '1 day') from tokens`;
  await sql`
    insert into audit_events (seq, at, actor_id, actor_name, action, object_kind, object_name,
      owner_id, outcome, previous_hash, hash)
    select id, created_at, owner_id, owner_id, 'token.create', 'token', name, owner_id, 'success',
      md5((id - 1)::text), md5(id::text)
    from tokens where id <= ${EVENTS}`;
}

async function withoutIndexes(sql: postgres.Sql, work: () => Promise<void>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index left join pg_constraint on conindid = indexrelid
    where pg_constraint.oid is null
      and indrelid in ('tokens'::regclass, 'token_uses'::regclass, 'audit_events'::regclass)`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await work();
  // Of a partitioned table the definition is of the parent's index only.
  for (const { definition } of indexes) await sql.unsafe(definition.replace(" ON ONLY ", " ON "));
}
