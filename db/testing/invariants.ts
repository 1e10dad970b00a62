import { sql } from "drizzle-orm";
import type { Executor } from "../client";

/**
 * What does not hold of a database whose tokens were changed one at a time; empty when all does:
 * each change of a token has exactly one event and each event its change, a token is as its last
 * change left it, no value of a token and none of these secrets is anywhere, and somebody may
 * administer.
 */
export async function findBrokenInvariants(
  query: Query,
  secrets: readonly string[],
): Promise<string[]> {
  return [
    ...(await query(findUnpaired)),
    ...(await query(findDrifted)),
    ...(await findPlaintext(query, secrets)),
    ...(await query(findLackOfAdministrators)),
  ];
}

/** Runs each statement for itself: after much traffic all of them together would take too long. */
type Query = <T>(read: (db: Executor) => Promise<T>) => Promise<T>;

/** Every token with whether it is enabled. */
export async function readTokenStates(db: Executor): Promise<Map<string, boolean>> {
  const rows = await db.execute<{ name: string; enabled: boolean }>(
    sql`select name, enabled from tokens`,
  );
  return new Map(rows.map(({ name, enabled }) => [name, enabled]));
}

// The trigger on tokens writes changes, the function that appends writes events: neither knows of
// the other.
async function findUnpaired(db: Executor): Promise<string[]> {
  const rows = await db.execute<{ seq: string; type: string | null; action: string | null }>(sql`
    select seq, c.type, e.action
    from (select seq, type, token->>'name' as name from token_changes where type <> 'START') c
    full join (
      select seq, action, object_name as name, case action
        when 'token.create' then 'ADDED' when 'session.sign-in' then 'ADDED'
        when 'token.update' then 'MODIFIED' else 'DELETED' end as type
      from audit_events where outcome = 'success' and action in ('token.create', 'token.update',
        'token.delete', 'session.sign-in', 'session.sign-out')
    ) e using (seq)
    where (c.type, c.name) is distinct from (e.type, e.name)`);
  return rows.map(({ seq, type, action }) => `${seq}: change ${type}, event ${action}`);
}

async function findDrifted(db: Executor): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    with last as (
      select distinct on (token->>'name') token->>'name' as name, seq, type,
        (token->>'enabled')::boolean as enabled
      from token_changes where type <> 'START' order by token->>'name', seq desc
    )
    select coalesce(t.name, last.name) as name from tokens t
    full join (select * from last where type <> 'DELETED') last using (name)
    where (t.resource_version, t.enabled) is distinct from (last.seq, last.enabled)`);
  return rows.map(({ name }) => `${name} is not as its last change left it`);
}

async function findPlaintext(query: Query, secrets: readonly string[]): Promise<string[]> {
  // docs/token-format.md; every secret is a word of its own in the pattern.
  const words = secrets.map((secret) => secret.replaceAll(/[^\w ]/g, "\\$&"));
  const pattern = ["[bcdfghjklmnpqrstvwxz2456789]{54}", ...words].join("|");
  const tables = await query((db) =>
    db.execute<{ name: string }>(sql`
      select format('%I', relname) as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'`),
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query((db) =>
      db.execute(sql`select 1 from ${sql.raw(name)} t where t::text ~ ${pattern} limit 1`),
    );
    if (rows.length > 0) found.push(`${name} holds a secret`);
  }
  return found;
}

async function findLackOfAdministrators(db: Executor): Promise<string[]> {
  const rows = await db.execute(sql`select 1 from users where role = 'admin' and enabled limit 1`);
  return rows.length > 0 ? [] : ["nobody may administer"];
}

/** How many tokens have that description. */
export async function countTokensCalled(db: Executor, description: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from tokens where description = ${description}`,
  );
  return row?.count ?? 0;
}
