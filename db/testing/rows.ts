import { desc, eq } from "drizzle-orm";
import { query } from "../client";
import { auditEvents } from "../schema";
import { asDatabaseOwner } from "./worker-database";

/** Moves a token into the past, as if it had been created that much earlier. */
export async function ageToken(name: string, ageMs: number): Promise<void> {
  const age = `${ageMs} milliseconds`;
  await asDatabaseOwner(
    (sql) => sql`
      update tokens set created_at = created_at - ${age}::interval,
        expires_at = expires_at - ${age}::interval
      where name = ${name}`,
  );
}

/** Moves the end of a user's password link so much nearer. */
export async function agePasswordLink(userId: string, ageMs: number): Promise<void> {
  const age = `${ageMs} milliseconds`;
  await asDatabaseOwner(
    (sql) => sql`
      update password_links set expires_at = expires_at - ${age}::interval
      where user_id = ${userId}`,
  );
}

export async function stampUse(name: string, usedAt: Date): Promise<void> {
  await asDatabaseOwner(
    (sql) => sql`
      update token_uses set last_used_at = ${usedAt.toISOString()}
      from tokens where id = token_id and name = ${name}`,
  );
}

export async function setSetting(name: string, value: string): Promise<void> {
  await asDatabaseOwner(
    (sql) => sql`
      insert into settings (name, value) values (${name}, ${value})
      on conflict (name) do update set value = excluded.value`,
  );
}

export async function clearSettings(): Promise<void> {
  await asDatabaseOwner((sql) => sql`delete from settings`);
}

/** The events about an object, or by an actor, the newest first. */
export function auditEventsOf(about: { objectName: string } | { actorId: string }) {
  const condition =
    "objectName" in about
      ? eq(auditEvents.objectName, about.objectName)
      : eq(auditEvents.actorId, about.actorId);
  return query((db) =>
    db.select().from(auditEvents).where(condition).orderBy(desc(auditEvents.seq)),
  );
}

/** Runs work while every insert of an audit event fails. */
export async function withoutAudit<T>(work: () => Promise<T>): Promise<T> {
  await asDatabaseOwner(async (sql) => {
    await sql`
      create function refuse_audit() returns trigger language plpgsql as
      $$ begin raise exception 'no audit' using errcode = 'XX000'; end $$`;
    await sql`
      create trigger refuse_audit before insert on audit_events
      for each row execute function refuse_audit()`;
  });
  try {
    return await work();
  } finally {
    await asDatabaseOwner((sql) => sql`drop function refuse_audit cascade`);
  }
}

/** Every row of every table as one text each, to look for what must not be stored. */
export async function everythingStored(): Promise<string> {
  return asDatabaseOwner(async (sql) => {
    const tables = await sql`select tablename from pg_tables where schemaname = 'public'`;
    const dumps = await Promise.all(
      tables.map(({ tablename }) => sql`select t::text as row from ${sql(tablename)} t`),
    );
    return dumps.flatMap((rows) => rows.map(({ row }) => String(row))).join("\n");
  });
}

/** Every value of every column of every table, each once, as text. */
export async function everyValueStored(): Promise<string[]> {
  return asDatabaseOwner(async (sql) => {
    const tables = await sql`select tablename from pg_tables where schemaname = 'public'`;
    const values = await Promise.all(
      tables.map(
        ({ tablename }) =>
          sql`select distinct field.value from ${sql(tablename)} t,
            jsonb_each_text(to_jsonb(t)) field where field.value is not null`,
      ),
    );
    return [...new Set(values.flatMap((rows) => rows.map(({ value }) => String(value))))];
  });
}

/** Every row of one table, for "nothing changed" and for values that no verb returns. */
export async function rowsOf(table: "tokens" | "users" | "audit_events" | "sign_in_failures") {
  return asDatabaseOwner(async (sql) => [...(await sql`select * from ${sql(table)} order by 1`)]);
}

/** Holds a token's row for as long as the work takes. */
export function whileTokenIsLocked<T>(name: string, work: () => Promise<T>): Promise<T> {
  return asDatabaseOwner((sql) =>
    sql
      .begin(async (tx) => {
        await tx`select 1 from tokens where name = ${name} for update`;
        return { result: await work() };
      })
      .then(({ result }) => result as T),
  );
}

/** Runs work while no token can be read. */
export function whileTokensAreHeld<T>(work: () => Promise<T>): Promise<T> {
  return asDatabaseOwner((sql) =>
    sql
      .begin(async (tx) => {
        await tx`lock table tokens in access exclusive mode`;
        return { result: await work() };
      })
      .then(({ result }) => result as T),
  );
}

/** Starts the work while a transaction has disabled the user, and then commits that. */
export function whileUserIsBeingDisabled<T>(id: string, work: () => Promise<T>): Promise<T> {
  return whileUserIsBeingChanged(id, { enabled: false }, work);
}

/** Starts the work while a transaction has changed the user's row, and then commits that. */
export async function whileUserIsBeingChanged<T>(
  id: string,
  changes: Record<string, string | boolean>,
  work: () => Promise<T>,
): Promise<T> {
  const started = await asDatabaseOwner((sql) =>
    sql.begin(async (tx) => {
      await tx`update users set ${tx(changes)} where id = ${id}`;
      const outcome = Promise.allSettled([work()]);
      await tx`select pg_sleep(0.3)`;
      return { outcome };
    }),
  );
  const [settled] = await started.outcome;
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}

/** Runs work while last uses can neither be read nor written. */
export async function whileTokenUsesAreAway<T>(work: () => Promise<T>): Promise<T> {
  await asDatabaseOwner((sql) => sql`alter table token_uses rename to token_uses_away`);
  try {
    return await work();
  } finally {
    await asDatabaseOwner((sql) => sql`alter table token_uses_away rename to token_uses`);
  }
}
