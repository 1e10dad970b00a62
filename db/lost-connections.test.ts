import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { query } from "./client";
import { asDatabaseOwner } from "./testing/worker-database";

const ROUNDS = 20;
const PARALLEL = 30;
// A connection that cannot be made is given up after three seconds, and a read is repeated once.
const ANSWERED_MS_MAX = 5_000;

test("connections that the database ends in the middle of anything are no loss for those to come", {
  timeout: 120_000,
}, async () => {
  let slowestMs = 0;
  const ask = async (number: number) => {
    const askedMs = performance.now();
    await query((db) => db.execute(sql`select ${number}::int`)).catch(() => undefined);
    slowestMs = Math.max(slowestMs, performance.now() - askedMs);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const asked = Array.from({ length: PARALLEL }, (_, number) => ask(number));
    await asDatabaseOwner(
      (owner) => owner`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'latchkey'`,
    );
    await Promise.all(asked);
  }
  expect(slowestMs).toBeLessThan(ANSWERED_MS_MAX);
});
