import { and, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
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
  counted: readonly { key: string; windowMs: number }[],
): Promise<AttemptCount[]> {
  const endOf = (windowMs: number) => sql`now() + ${windowMs}::bigint * interval '1 millisecond'`;
  // Sorted: two attempts that lock the same keys in one order cannot deadlock.
  const sorted = [...counted].sort((a, b) => (a.key < b.key ? -1 : 1));
  return db
    .insert(signInFailures)
    .values(
      sorted.map(({ key, windowMs }) => ({ key, failures: 1, windowEndsAt: endOf(windowMs) })),
    )
    .onConflictDoUpdate({
      target: signInFailures.key,
      set: {
        failures: sql`case when ${signInFailures.windowEndsAt} <= now() then 1 else ${signInFailures.failures} + 1 end`,
        windowEndsAt: sql`case when ${signInFailures.windowEndsAt} <= now() then excluded.window_ends_at else ${signInFailures.windowEndsAt} end`,
      },
    })
    .returning({
      key: signInFailures.key,
      attempts: signInFailures.failures,
      remainingMs:
        sql<number>`ceil(extract(epoch from ${signInFailures.windowEndsAt} - now()) * 1000)`.mapWith(
          Number,
        ),
    });
}

/** Takes back one counted attempt under each key, after it succeeded. */
export async function forgiveAttempts(db: Executor, keys: readonly string[]): Promise<void> {
  const held = heldInOrder(db, inArray(signInFailures.key, [...keys]));
  await db
    .update(signInFailures)
    .set({ failures: sql`greatest(${signInFailures.failures} - 1, 0)` })
    .where(sql`${signInFailures.key} in (select key from (${held}) held)`);
}

/** Forgets the counts under these keys, and under those that begin with the prefix. */
export async function clearAttempts(
  db: Executor,
  keys: readonly string[],
  prefix?: string,
): Promise<void> {
  const held = heldInOrder(db, or(inArray(signInFailures.key, [...keys]), beginsWith(prefix)));
  await db
    .delete(signInFailures)
    .where(sql`${signInFailures.key} in (select key from (${held}) held)`);
}

/** The counts under these keys and under those that begin with the prefix, if not over. */
export function listAttempts(db: Executor, { keys, prefix }: { keys: string[]; prefix: string }) {
  return db
    .select({
      key: signInFailures.key,
      attempts: signInFailures.failures,
      endsAt: signInFailures.windowEndsAt,
    })
    .from(signInFailures)
    .where(
      and(
        or(inArray(signInFailures.key, keys), beginsWith(prefix)),
        sql`${signInFailures.windowEndsAt} > now()`,
      ),
    );
}

/** Forgets some counts whose window has ended; returns how many. */
export async function forgetEndedAttempts(db: Executor, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from sign_in_failures where key in (
      select key from sign_in_failures where window_ends_at < now() order by window_ends_at
      limit ${limit} for update skip locked) returning 1`);
  return rows.length;
}

// In the order in which attempts are counted, so that neither waits for the other.
function heldInOrder(db: Executor, condition: SQL | undefined) {
  return db
    .select({ key: signInFailures.key })
    .from(signInFailures)
    .where(condition)
    .orderBy(signInFailures.key)
    .for("update");
}

function beginsWith(prefix: string | undefined) {
  if (prefix === undefined) return undefined;
  return and(gte(signInFailures.key, prefix), lt(signInFailures.key, `${prefix}\u{10ffff}`));
}
