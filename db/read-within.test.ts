import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { readWithin } from "./client";
import { requestScope } from "./request-scope";
import "./testing/worker-database";

test("reads that take too long are given up, and that is no outage", async () => {
  const scope = { outage: false };
  const slow = await requestScope.run(scope, () =>
    readWithin(50, (tx) => tx.execute(sql`select pg_sleep(2)`)),
  );
  expect([slow, scope.outage]).toEqual([undefined, false]);
});

test("reads in time have their answer, and the time is no limit for those after them", async () => {
  expect(await readWithin(1_000, async () => "read")).toBe("read");
  const limit = await readWithin(1_000, (tx) => tx.execute(sql`show statement_timeout`));
  expect(limit).toMatchObject([{ statement_timeout: "1s" }]);
  const slow = await readWithin(5_000, (tx) => tx.execute(sql`select pg_sleep(1.1)`));
  expect(slow).toHaveLength(1);
});
