import { desc, eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokenActivity, tokenAddresses, tokenAgents, tokenUses } from "./schema";

/** One address or program that used a token, and how often since it was last stored. */
export interface Sighting {
  tokenId: number;
  value: string;
  firstAt: Date;
  lastAt: Date;
  uses: number;
}

export interface Evidence {
  tokens: readonly Omit<Sighting, "value">[];
  addresses: readonly Sighting[];
  agents: readonly Sighting[];
}

/**
 * Adds to what is known of the uses of many tokens, in one statement; tokens that are gone are left
 * out. Returns the ids of those that have an address or a program which is new to them.
 */
export async function storeEvidence(db: Executor, evidence: Evidence): Promise<number[]> {
  const rows = await db.execute<{ token_id: string }>(sql`
    with given as (
      select g.*, date_trunc('second', g."firstAt") as first_at, g."lastAt"::date as day
      from jsonb_to_recordset(${JSON.stringify(evidence.tokens)}::text::jsonb)
        as g("tokenId" bigint, "firstAt" timestamptz, "lastAt" timestamptz, uses bigint)
      join token_uses u on u.token_id = g."tokenId"
    ), firsts as (
      update token_uses u set first_used_at = given.first_at
      from given where u.token_id = given."tokenId" and u.first_used_at is null
    ), days as (
      insert into token_activity as a (token_id, last_day, uses)
      select "tokenId", day, array_fill(0, array[29]) || least(uses, 2147483647)::integer
      from given order by 1
      on conflict (token_id) do update set
        last_day = greatest(a.last_day, excluded.last_day),
        uses = case
          when excluded.last_day <= a.last_day
            then a.uses[1:29] || least(a.uses[30]::bigint + excluded.uses[30], 2147483647)::integer
          when excluded.last_day - a.last_day >= 30 then excluded.uses
          else a.uses[excluded.last_day - a.last_day + 1:30]
            || array_fill(0, array[excluded.last_day - a.last_day - 1]) || excluded.uses[30]
        end
    ), new_addresses as (
      insert into token_addresses as a (token_id, address, first_at, last_at, uses)
      select s."tokenId", s.value::inet, date_trunc('second', s."firstAt"),
        date_trunc('second', s."lastAt"), s.uses
      from ${sightings(evidence.addresses)} join given using ("tokenId") order by 1, 2
      on conflict (token_id, address) do update set
        first_at = least(a.first_at, excluded.first_at),
        last_at = greatest(a.last_at, excluded.last_at), uses = a.uses + excluded.uses
      returning token_id, xmax = 0 as is_new
    ), new_agents as (
      insert into token_agents as a (token_id, user_agent, first_at, last_at, uses)
      select s."tokenId", s.value, date_trunc('second', s."firstAt"),
        date_trunc('second', s."lastAt"), s.uses
      from ${sightings(evidence.agents)} join given using ("tokenId") order by 1, 2
      on conflict (token_id, user_agent) do update set
        first_at = least(a.first_at, excluded.first_at),
        last_at = greatest(a.last_at, excluded.last_at), uses = a.uses + excluded.uses
      returning token_id, xmax = 0 as is_new
    )
    select token_id from new_addresses where is_new union
    select token_id from new_agents where is_new`);
  return rows.map((row) => Number(row.token_id));
}

function sightings(seen: readonly Sighting[]) {
  return sql`jsonb_to_recordset(${JSON.stringify(seen)}::text::jsonb) as s("tokenId" bigint,
    value text, "firstAt" timestamptz, "lastAt" timestamptz, uses bigint)`;
}

/** Keeps the latest `max` addresses and programs of these tokens, and counts their networks. */
export async function tidyEvidence(
  db: Executor,
  ids: readonly number[],
  max: number,
): Promise<void> {
  const given = sql`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  await db.execute(sql`
    with agents as (
      select token_id, user_agent,
        row_number() over (partition by token_id order by last_at desc, user_agent) as place
      from token_agents where token_id in ${given}
    ), forgotten_agents as (
      delete from token_agents a using agents
      where a.token_id = agents.token_id and a.user_agent = agents.user_agent and place > ${max}
    ), addresses as (
      select token_id, address,
        row_number() over (partition by token_id order by last_at desc, address) as place
      from token_addresses where token_id in ${given}
    ), forgotten_addresses as (
      delete from token_addresses a using addresses
      where a.token_id = addresses.token_id and a.address = addresses.address and place > ${max}
    ), counted as (
      select token_id, count(distinct
        set_masklen(address::cidr, case family(address) when 4 then 24 else 64 end)) as networks
      from addresses where place <= ${max} group by token_id
    )
    update token_uses u set networks = counted.networks, risk_due_at = '-infinity'
    from counted where u.token_id = counted.token_id and u.networks <> counted.networks`);
}

/** What is known of one token's uses; its 30 days end with the database's today. */
export async function readEvidence(db: Executor, tokenId: number) {
  const [use] = await db
    .select({
      firstUsedAt: tokenUses.firstUsedAt,
      networks: tokenUses.networks,
      uses: tokenActivity.uses,
      daysAgo: sql<number | null>`now()::date - ${tokenActivity.lastDay}`.mapWith(Number),
    })
    .from(tokenUses)
    .leftJoin(tokenActivity, eq(tokenActivity.tokenId, tokenUses.tokenId))
    .where(eq(tokenUses.tokenId, tokenId));
  const seen = (table: typeof tokenAddresses | typeof tokenAgents) => ({
    firstAt: table.firstAt,
    lastAt: table.lastAt,
    uses: table.uses,
  });
  const addresses = await db
    .select({ value: sql<string>`host(${tokenAddresses.address})`, ...seen(tokenAddresses) })
    .from(tokenAddresses)
    .where(eq(tokenAddresses.tokenId, tokenId))
    .orderBy(desc(tokenAddresses.lastAt), tokenAddresses.address);
  const agents = await db
    .select({ value: tokenAgents.userAgent, ...seen(tokenAgents) })
    .from(tokenAgents)
    .where(eq(tokenAgents.tokenId, tokenId))
    .orderBy(desc(tokenAgents.lastAt), tokenAgents.userAgent);
  return { use, addresses, agents };
}
