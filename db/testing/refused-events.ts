import { sql } from "drizzle-orm";
import type { Executor } from "../client";

/** From here on no event by or about these users can be stored, until allowEvents. */
export async function refuseEventsOf(db: Executor, ids: readonly string[]): Promise<void> {
  const listed = sql.raw(ids.map((id) => `'${id}'`).join(", "));
  await db.execute(sql`
    create function refuse_these() returns trigger language plpgsql as
      $$ begin raise exception 'no audit' using errcode = 'XX000'; end $$`);
  await db.execute(sql`
    create trigger refuse_these before insert on audit_events for each row
      when (new.actor_id in (${listed}) or new.owner_id in (${listed})) execute function refuse_these()`);
}

export async function allowEvents(db: Executor): Promise<void> {
  await db.execute(sql`drop function refuse_these cascade`);
}
