import { sql } from "drizzle-orm";
import { transaction } from "../client";
import { asDatabaseOwner } from "./worker-database";

class Restored extends Error {}

/** Runs one statement as the application does, and undoes it. */
export async function tryAsApplication(statement: string): Promise<void> {
  await transaction(async (tx) => {
    await tx.execute(sql.raw(statement));
    throw new Restored();
  }).catch((error: unknown) => {
    if (!(error instanceof Restored)) throw error;
  });
}

/**
 * Changes the trail as only a superuser can, past the triggers, for as long as the work takes; then
 * everything is as it was.
 */
export async function whileTamperedWith<T>(
  statements: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await asDatabaseOwner(async (owner) => {
    await owner`create table saved_events as table audit_events`;
    await owner`create table saved_chain as table audit_chain`;
    await owner`create table saved_anchors as table audit_anchors`;
    await owner`alter table audit_events disable trigger user`;
    for (const statement of statements) await owner.unsafe(statement);
  });
  try {
    return await work();
  } finally {
    await asDatabaseOwner(async (owner) => {
      await owner`delete from audit_events`;
      await owner`insert into audit_events table saved_events`;
      await owner`delete from audit_chain`;
      await owner`insert into audit_chain table saved_chain`;
      await owner`delete from audit_anchors`;
      await owner`insert into audit_anchors table saved_anchors`;
      await owner`alter table audit_events enable trigger user`;
      await owner`drop table saved_events, saved_chain, saved_anchors`;
    });
  }
}

/** Whether the running application has a right on a table. */
export async function mayApplication(right: string, table: string): Promise<boolean> {
  const [row] = await transaction((tx) =>
    tx.execute<{ may: boolean }>(
      sql`select has_table_privilege(current_user, ${table}, ${right}) as may`,
    ),
  );
  return row?.may ?? false;
}

/** Appends many events at once. */
export async function appendEvents(count: number): Promise<void> {
  await asDatabaseOwner(
    (owner) => owner`
      select audit_append(jsonb_agg(jsonb_build_object('actor_name', 'x', 'action', 'token.create',
        'object_kind', 'token', 'object_name', 'token-' || n, 'outcome', 'success')))
      from generate_series(1, ${count}::int) n`,
  );
}
