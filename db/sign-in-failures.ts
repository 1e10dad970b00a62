import { inArray, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { signInFailures } from "./schema";

export interface AttemptCount {
  key: string;
  attempts: number;
  /** Time until the window ends and the count starts again. */
  remainingMs: number;
}

/** Counts one attempt under each key before it is judged, so that parallel guesses all count. */
export async function countAttempts(
  db: Executor,
  keys: readonly string[],
  windowMs: number,
): Promise<AttemptCount[]> {
  const windowEnd = sql`now() + ${windowMs}::bigint * interval '1 millisecond'`;
  return (
    db
      .insert(signInFailures)
      // Sorted: two attempts that lock the same keys in one order cannot deadlock.
      .values([...keys].sort().map((key) => ({ key, failures: 1, windowEndsAt: windowEnd })))
      .onConflictDoUpdate({
        target: signInFailures.key,
        set: {
          failures: sql`case when ${signInFailures.windowEndsAt} <= now() then 1 else ${signInFailures.failures} + 1 end`,
          windowEndsAt: sql`case when ${signInFailures.windowEndsAt} <= now() then ${windowEnd} else ${signInFailures.windowEndsAt} end`,
        },
      })
      .returning({
        key: signInFailures.key,
        attempts: signInFailures.failures,
        remainingMs:
          sql<number>`ceil(extract(epoch from ${signInFailures.windowEndsAt} - now()) * 1000)`.mapWith(
            Number,
          ),
      })
  );
}

/** Takes back one counted attempt under each key, after it succeeded. */
export async function forgiveAttempts(db: Executor, keys: readonly string[]): Promise<void> {
  await db
    .update(signInFailures)
    .set({ failures: sql`greatest(${signInFailures.failures} - 1, 0)` })
    .where(inArray(signInFailures.key, [...keys]));
}

/** Forgets the counts under these keys and every window that has ended. */
export async function clearAttempts(db: Executor, keys: readonly string[]): Promise<void> {
  await db
    .delete(signInFailures)
    .where(
      sql`${signInFailures.key} in ${[...keys]} or ${signInFailures.windowEndsAt} < now() - interval '1 day'`,
    );
}
