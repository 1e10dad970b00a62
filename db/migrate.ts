import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { connectTo } from "./connect";
import { isLockTimeout, toDatabaseError } from "./errors";
import { APPLICATION_ROLE, RETENTION_ROLE } from "./roles";
import { provideTextIndexes } from "./text-indexes";

const MIGRATION_LOCK = 4_276_001;
const FOLDER = { migrationsFolder: path.resolve("db/migrations") };
const ATTEMPTS = 60;
const PAUSE_MS = 1_000;

/**
 * Brings the schema up to date and grants the application role its rights, under an advisory lock:
 * processes that start together wait for each other. Returns the role to run as, or undefined when
 * this login may not create roles (then only the triggers protect the audit trail), whether text
 * search has its indexes, and how many migrations of a later version are there already.
 */
export async function migrateDatabase(
  url: string,
): Promise<{ role: string | undefined; hasTextIndexes: boolean; laterMigrations: number }> {
  const client = connectTo(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    // Behind a pooler the login has the role and the times of the application.
    await client.unsafe("set role none; set statement_timeout = 0; set lock_timeout = 0");
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrateBetween(client);
    const hasTextIndexes = await provideTextIndexes(client);
    const laterMigrations = await countLaterMigrations(client);
    return { role: await grantRoles(client), hasTextIndexes, laterMigrations };
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    await client.end({ timeout: 5 });
  }
}

// Whoever waits for a lock on a table stops everybody who comes after: processes that serve meanwhile
// wait for no longer than this, and then get their turn.
async function migrateBetween(client: postgres.Sql): Promise<void> {
  await client`set lock_timeout = '1s'`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await migrate(drizzle(client), FOLDER);
      break;
    } catch (error) {
      if (!isLockTimeout(error) || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
  await client`set lock_timeout = 0`;
}

async function countLaterMigrations(client: postgres.Sql): Promise<number> {
  const known = Math.max(...readMigrationFiles(FOLDER).map(({ folderMillis }) => folderMillis));
  const [row] = await client<{ count: number }[]>`
    select count(*)::int as count from drizzle.__drizzle_migrations where created_at > ${known}`;
  return row?.count ?? 0;
}

async function grantRoles(client: postgres.Sql): Promise<string | undefined> {
  try {
    await client.begin(async (tx) => {
      await provideRole(tx, APPLICATION_ROLE);
      await tx`grant select, insert, update, delete on users, tokens, token_uses, settings,
        sign_in_failures, identities, password_links, session_proofs, known_places to ${tx(APPLICATION_ROLE)}`;
      await tx`grant select, insert, update, delete on token_addresses, token_agents,
        token_activity, token_prints, risk_owners, risk_policy to ${tx(APPLICATION_ROLE)}`;
      await tx`grant select, insert, update, delete on bulk_jobs, bulk_items, saved_views,
        default_views to ${tx(APPLICATION_ROLE)}`;
      await tx`grant select on audit_events, audit_chain, audit_anchors to ${tx(APPLICATION_ROLE)}`;
      await tx`grant execute on function audit_append(jsonb), audit_prepare(timestamptz)
        to ${tx(APPLICATION_ROLE)}`;
      await tx`grant select, delete on token_changes to ${tx(APPLICATION_ROLE)}`;
      await provideRole(tx, RETENTION_ROLE);
      await tx`grant select on audit_anchors to ${tx(RETENTION_ROLE)}`;
      await tx`grant execute on function audit_oldest(int), audit_detach(int, text, jsonb),
        audit_mark_exported(text), audit_drop(text, jsonb) to ${tx(RETENTION_ROLE)}`;
    });
    return APPLICATION_ROLE;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "42501") return undefined;
    throw error;
  }
}

// Without a login: the one that migrates may act as it.
async function provideRole(tx: postgres.TransactionSql, name: string): Promise<void> {
  const [role] = await tx`select 1 from pg_roles where rolname = ${name}`;
  if (!role) await tx`create role ${tx(name)} nologin`;
  const [member] = await tx`
    select pg_has_role(current_user, ${name}, 'SET') as is_member
    where current_setting('server_version_num')::int >= 160000
    union all
    select pg_has_role(current_user, ${name}, 'MEMBER') as is_member
    where current_setting('server_version_num')::int < 160000`;
  if (!member?.is_member) await tx`grant ${tx(name)} to current_user`;
  await tx`grant usage on schema public to ${tx(name)}`;
}
