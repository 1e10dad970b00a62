import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { Role, UserActor } from "../actor";
import type { Known } from "./naive-list";
import { anOwner } from "./owners";

const TOKENS = 400;

const PEOPLE: { username: string; role: Role; enabled?: boolean }[] = [
  { username: "Ada", role: "user" },
  { username: "ada.l", role: "verifier" },
  { username: "Bob", role: "user", enabled: false },
  { username: "cara", role: "admin" },
  { username: "dörte", role: "user" },
];

/** 400 random tokens of five people, with many equal values, and all that is known of them. */
export async function aRandomInventory(): Promise<{ people: UserActor[]; tokens: Known[] }> {
  const people = await Promise.all(PEOPLE.map((person) => anOwner(person)));
  const ids = people.map((person) => person.userId);
  const rows = await asDatabaseOwner(async (sql) => {
    await sql`select setseed(0.5)`;
    // These are not of the history that watchers read.
    await sql`alter table tokens disable trigger "A_token_changed"`;
    await sql`
      with drawn as (
        select n, random() as r1, random() as r2, random() as r3, random() as r4
        from generate_series(1, ${TOKENS}::int) n
      ), shaped as (
        select *, (${ids}::text[])[1 + floor(r1 * r1 * 5)::int] as owner,
          -- To the day, so that many are equal; half an hour keeps them off the borders of windows.
          date_trunc('second', now()) - interval '30 minutes'
            - floor(r2 * 40)::int * case n % 3 when 0 then 1 when 1 then 5 else 24 end * interval '24 hours'
            as created,
          (array[-1, 86400000, 604800000, 7776000000, 34560000000])[1 + n % 5]::bigint as ttl
        from drawn)
      insert into tokens (name, owner_id, owner_key, owner_principal, kind, description, ttl_ms,
        enabled, hash, labels, annotations, created_at, expires_at, updated_at, resource_version)
      select 'token-' || translate(lpad((n * 7919 % 1000000)::text, 10, '0'), '01', 'bc'), owner, name_key, '{}',
        (array['', '', 'ci', 'session', 'CI', 'backup'])[1 + n % 6],
        (array['', 'deploy', 'Deploy shop', 'nightly backup', '100%_x', 'Übung', 'of Ada'])[1 + floor(r3 * 7)::int],
        ttl, r4 > 0.15, 'nobody''s', '{}', '{}', created,
        case when ttl < 0 then 'infinity' else created + ttl * interval '1 millisecond' end, created, 0
      from shaped join users on users.id = owner`;
    await sql`
      insert into token_uses (token_id, last_used_at, address)
      select id, case when id % 3 = 0 then '-infinity'
          else date_trunc('second', created_at + random() * (now() - interval '1 minute' - created_at)) end,
        case when id % 3 <> 0 then '10.0.0.1' end
      from tokens where resource_version = 0`;
    await sql`
      insert into token_addresses
      select distinct token_id, ('10.' || token_id % 3 || '.0.' || n * token_id % 7)::inet, last_used_at, last_used_at, 1
      from token_uses, generate_series(1, 1 + (token_id % 5)::int) n where last_used_at > '-infinity'`;
    await sql`update token_uses set networks = token_id % 14 where last_used_at > '-infinity'`;
    await sql`update token_uses set risk_due_at = '-infinity'`;
    await sql`alter table tokens enable trigger "A_token_changed"`;
    return [
      ...(await sql`
        select t.*, u.last_used_at, u.networks, o.username, o.role, o.enabled as owner_enabled,
          (select array_agg(host(address)) from token_addresses a where a.token_id = t.id) as addresses
        from tokens t join users o on o.id = t.owner_id join token_uses u on u.token_id = t.id`),
    ];
  });
  return { people, tokens: rows.map(toKnown) };
}

function toKnown(row: Record<string, unknown>): Known {
  return {
    id: Number(row.id),
    name: String(row.name),
    ownerId: String(row.owner_id),
    ownerName: String(row.username),
    ownerKey: String(row.owner_key),
    ownerRole: row.role as Role,
    ownerEnabled: row.owner_enabled === true,
    kind: String(row.kind),
    description: String(row.description),
    ttlMs: Number(row.ttl_ms),
    enabled: row.enabled === true,
    createdAt: new Date(String(row.created_at)),
    expiresAt: dateOrNull(row.expires_at),
    lastUsedAt: dateOrNull(row.last_used_at),
    networks: Number(row.networks),
    addresses: (row.addresses as string[] | null) ?? [],
  };
}

// The driver reads an infinity as a number.
function dateOrNull(value: unknown): Date | null {
  const date = new Date(value as string);
  return Number.isNaN(date.getTime()) ? null : date;
}
