import postgres from "postgres";

export interface InventorySize {
  users: number;
  tokens: number;
  events: number;
}

const TABLES = [
  "tokens",
  "token_uses",
  "token_addresses",
  "token_agents",
  "token_activity",
  "audit_events",
];

/** As fillInventory, over a connection of its own. */
export async function fillInventoryAt(url: string, size: InventorySize): Promise<void> {
  const pool = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await fillInventory(await pool.reserve(), size);
  } finally {
    await pool.end({ timeout: 5 });
  }
}

/**
 * Fills an empty database as years of use would, inside of the server, which is faster still than
 * COPY: some owners have tens of thousands of tokens and most a few, three in ten are sign-ins, what
 * has ended stays for 30 days, a quarter was never used. Indexes are dropped before and built after,
 * and foreign keys are not checked. Nobody holds any of the tokens.
 */
export async function fillInventory(
  sql: postgres.ReservedSql,
  { users, tokens, events }: InventorySize,
): Promise<void> {
  await sql`set synchronous_commit = off`;
  await sql`set maintenance_work_mem = '1GB'`;
  await sql`set work_mem = '256MB'`;
  await sql`set session_replication_role = replica`;
  await sql`select setseed(0.42)`;
  await insertUsers(sql, users);
  await withoutIndexes(sql, async () => {
    await insertTokens(sql, users, tokens);
    await insertUses(sql);
    await insertEvidence(sql);
    await insertEvents(sql, events);
  });
  for (const table of ["users", ...TABLES]) await sql.unsafe(`vacuum (analyze) ${table}`);
  await sql`reset session_replication_role`;
}

async function insertUsers(sql: postgres.Sql, users: number): Promise<void> {
  await sql`
    insert into users (id, username, role, enabled, created_at)
    select 'user-' || n, (array['ann', 'bob', 'Cem', 'dörte', 'eve', 'ci-bot'])[1 + n % 6] || '.' || n,
      case when n % 100 = 50 then 'admin' when n % 1000 = 7 then 'verifier' else 'user' end,
      n % 50 <> 17, now() - interval '3 years'
    from generate_series(0, ${users - 1}::int) n`;
}

async function insertTokens(sql: postgres.Sql, users: number, tokens: number): Promise<void> {
  await sql`
    with drawn as (
      select random() as r1, random() as r2, random() as r3, random() as r4, random() as r5,
        random() as r6
      from generate_series(1, ${tokens}::int)
    ), shaped as (
      select floor(${users} * power(r1, 3))::int as owner, r4, r5, r6,
        case when r2 < 0.3 then 'session' when r2 < 0.9 then ''
          else (array['ci', 'kubeconfig', 'agent', 'deploy', 'telemetry', 'backup'])[1 + floor(r3 * 6)::int]
        end as kind,
        case when r2 < 0.3 then 57600000 when r3 < 0.5 then 7776000000 when r3 < 0.7 then 2592000000
          when r3 < 0.8 then 86400000 when r3 < 0.9 then 31536000000 else -1 end::bigint as ttl_ms
      from drawn
    ), placed as (
      -- What has an end is there for its life and for the 30 days that it is kept.
      select *, date_trunc('second', now() - interval '1 minute' - r6 * case when ttl_ms < 0
          then interval '1095 days' else ttl_ms * interval '1 millisecond' + interval '30 days' end)
        as created_at
      from shaped
    ), made as (
      -- Rows lie in the order in which they were made.
      select *, row_number() over (order by created_at) as n from placed
    )
    insert into tokens (name, owner_id, owner_key, owner_principal, kind, description, ttl_ms, enabled,
      hash, labels, annotations, created_at, expires_at, updated_at, resource_version)
    select 'token-' || translate(substr(md5(n::text), 1, 5) || lpad(to_hex(n), 6, '0'),
        '0123456789abcdef', 'bcdfghjklmnpqrst'),
      'user-' || owner, users.name_key, '{}', kind,
      case when kind = 'session' or r4 < 0.2 then '' else
        (array['Deploy', 'deploys of', 'backup', 'Grafana', 'terraform', 'kubectl on', 'CI for', 'Über'])[1 + (hashtext(n::text) & 7)]
        || ' ' || (array['shop', 'billing', 'search', 'mail', 'wiki', 'api'])[1 + (hashtext(n::text) >> 8 & 1023) % 6] || ' ' || n
      end,
      ttl_ms, r5 >= 0.03, 'v1:sha256:' || md5(n::text),
      -- Half have labels: few teams, many apps.
      case when n % 2 = 0 then '{}'::jsonb else jsonb_build_object('team', 'team-' || n / 2 % 20,
        'app', 'app-' || n / 2 % 5000, 'env', case when r4 < 0.9 then 'prod' else 'test' end)
      end,
      '{}', made.created_at,
      case when ttl_ms < 0 then 'infinity' else made.created_at + ttl_ms * interval '1 millisecond' end,
      made.created_at, n
    from made join users on users.id = 'user-' || owner order by n`;
}

async function insertUses(sql: postgres.Sql): Promise<void> {
  // Most of what is used at all is used until its end.
  await sql`
    with used as (
      select t.*, o.enabled as owner_enabled, o.role as owner_role,
        case when t.id % 4 = 0 then '-infinity'::timestamptz else date_trunc('second',
          least(now(), t.expires_at)
            - power(random(), 3) * (least(now(), t.expires_at) - t.created_at)) end as used_at,
        case when t.id % 4 = 0 then 0 when t.id % 500 = 1 then 15 when t.id % 10 = 1 then 3 else 1 end
          as networks
      from tokens t join users o on o.id = t.owner_id)
    insert into token_uses (token_id, last_used_at, address, user_agent, first_used_at, networks,
      risk, risk_due_at)
    select id, used_at,
      case when id % 4 <> 0 then '10.' || (hashtext(owner_id) & 255) || '.0.' || id % 200 end,
      case when id % 4 <> 0 then 'kubectl/v1.' || (20 + id % 12) || '.0 (linux/amd64)' end,
      case when id % 4 <> 0 then created_at end, networks,
      token_risk(enabled, kind, ttl_ms, created_at, expires_at, used_at, networks, owner_enabled,
        owner_role, token_ttl_ms_max(), now()),
      token_risk_due(enabled, created_at, expires_at, used_at, now())
    from used order by id`;
}

async function insertEvidence(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into token_addresses (token_id, address, first_at, last_at, uses)
    select token_id, case when n = 0 then address::inet
        else ('203.' || n || '.' || token_id % 250 || '.' || token_id / 250 % 250)::inet end,
      first_used_at, last_used_at, 1 + token_id % 1000
    from token_uses, generate_series(0, networks - 1) n
    where first_used_at is not null`;
  await sql`
    insert into token_agents (token_id, user_agent, first_at, last_at, uses)
    select token_id, user_agent, first_used_at, last_used_at, 1 + token_id % 1000
    from token_uses where first_used_at is not null`;
  await sql`
    insert into token_activity (token_id, last_day, uses)
    select token_id, last_used_at::date, array_fill((token_id % 100)::int, array[30])
    from token_uses where last_used_at > now() - interval '30 days'`;
}

async function insertEvents(sql: postgres.Sql, events: number): Promise<void> {
  await sql`
    select audit_cover(date_trunc('month', min(created_at), 'UTC'),
      date_trunc('month', now(), 'UTC') - interval '1 day') from tokens`;
  await sql`
    insert into audit_events (seq, at, actor_id, actor_name, action, object_kind, object_name,
      owner_id, outcome, previous_hash, hash)
    select row_number() over (), created_at, owner_id, owner_id, 'token.create', 'token', name,
      owner_id, 'success', md5((id - 1)::text), md5(id::text)
    from tokens, generate_series(1, ${Math.max(1, Math.ceil(events / 1_000_000))}::int)
    limit ${events}`;
  // What is written from now on comes after them.
  await sql`
    update audit_chain set seq = greatest(seq, (select max(seq) from audit_events),
      (select max(resource_version) from tokens))`;
}

async function withoutIndexes(sql: postgres.Sql, work: () => Promise<void>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string; statistics: number | null }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition,
      (select attstattarget from pg_attribute where attrelid = indexrelid and attnum = 1) as statistics
    from pg_index left join pg_constraint on conindid = indexrelid
    where pg_constraint.oid is null and indrelid::regclass::text in ${sql(TABLES)}`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await work();
  for (const { name, definition, statistics } of indexes) {
    // Of a partitioned table the definition is of the parent's index only.
    await sql.unsafe(definition.replace(" ON ONLY ", " ON "));
    if ((statistics ?? -1) < 0) continue;
    await sql.unsafe(`alter index ${name} alter column 1 set statistics ${statistics}`);
  }
}
