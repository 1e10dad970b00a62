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

/** Notes a sign-in of the user from this place. */
export async function noteKnownPlace(db: Executor, userId: string, place: string): Promise<void> {
  await db
    .insert(knownPlaces)
    .values({ userId, place })
    .onConflictDoUpdate({
      target: [knownPlaces.userId, knownPlaces.place],
      set: { lastAt: sql`now()` },
    });
}

/** Forgets where nobody has signed in from for that long. */
export async function forgetPlaces(db: Executor, days: number): Promise<void> {
  await db
    .delete(knownPlaces)
    .where(sql`${knownPlaces.lastAt} < now() - ${days}::int * interval '1 day'`);
}
