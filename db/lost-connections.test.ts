import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { type Executor, flushUpTo, query, transaction } from "./client";
import { isUnavailable } from "./errors";
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

test("a transaction whose connection is lost fails as an outage, and nothing else does", {
  timeout: 30_000,
}, async () => {
  for (const statement of [sql`select pg_sleep(60)`, sql`select pg_sleep(${60}::int)`]) {
    let pid = 0;
    const outcome = transaction(async (tx) => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      pid = row?.pid ?? 0;
      await tx.execute(statement);
    }).catch((error: unknown) => error);
    await vi.waitUntil(async () => {
      const [found] = await asDatabaseOwner(
        (owner) => owner`select pg_terminate_backend(pid) from pg_stat_activity
          where pid = ${pid} and query like '%pg_sleep%'`,
      );
      return found;
    });
    expect(isUnavailable(await outcome)).toBe(true);
  }
});

test("a transaction whose connection is lost between two statements fails as an outage, and nothing else does", async () => {
  const ends = {
    "another statement": (tx: Executor) => tx.execute(sql`select 1`),
    "an error of its own": () => Promise.reject(new Error("not of the database")),
    "its end": () => Promise.resolve(),
  };
  for (const [what, end] of Object.entries(ends)) {
    const outcome = await transaction(async (tx) => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      const pid = row?.pid ?? 0;
      await asDatabaseOwner((owner) => owner`select pg_terminate_backend(${pid}, 5000)`);
      await sleep(50);
      await end(tx);
    }).catch((error: unknown) => error);
    expect([what, isUnavailable(outcome)]).toEqual([what, true]);
    // What the driver writes, it writes in the next turn.
    await sleep(50);
  }
});

test("waiting for the disk fails as an outage when its connection is lost", {
  timeout: 60_000,
}, async () => {
  const refusals: unknown[] = [];
  let seq = 1_000_000_000;
  for (let round = 0; round < ROUNDS * 10 && refusals.length < 3; round += 1) {
    const asked = Array.from({ length: 5 }, async () => {
      seq += 1;
      await flushUpTo(seq).catch((error) => refusals.push(error));
    });
    await asDatabaseOwner(
      (owner) => owner`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'latchkey'`,
    );
    await Promise.all(asked);
  }
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals.filter((error) => !isUnavailable(error))).toEqual([]);
});
