import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { knownPlaces } from "./schema";

/** Whether the user has signed in from this place. */
export async function isKnownPlace(db: Executor, userId: string, place: string): Promise<boolean> {
  const rows = await db
    .select({ place: knownPlaces.place })
    .from(knownPlaces)
    .where(and(eq(knownPlaces.userId, userId), eq(knownPlaces.place, place)));
  return rows.length > 0;
}

/** Notes a sign-in of the user from this place; nothing for a user who is gone. */
export async function noteKnownPlace(db: Executor, userId: string, place: string): Promise<void> {
  await db.execute(sql`
    insert into known_places (user_id, place)
    select id, ${place} from users where id = ${userId} for key share
    on conflict (user_id, place) do update set last_at = now()`);
}

/** Forgets where nobody has signed in from for that long. */
export async function forgetPlaces(db: Executor, days: number): Promise<void> {
  await db
    .delete(knownPlaces)
    .where(sql`${knownPlaces.lastAt} < now() - ${days}::int * interval '1 day'`);
}
