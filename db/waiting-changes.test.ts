import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Executor, query, transaction } from "./client";
import { isUnavailable } from "./errors";
import { holdConnections } from "./testing/waiting-changes";
import "./testing/worker-database";

const WAITING_MAX = 200;
const MORE = 50;

test("of more changes than may wait the rest is refused before any other is done, and reads are not", async () => {
  const release = await holdConnections();
  const settled: string[] = [];
  const note = (what: string) => () => void settled.push(what);
  const changes = Array.from({ length: WAITING_MAX + MORE }, () =>
    transaction(nothing).then(note("done"), (error) => note(String(isUnavailable(error)))()),
  );
  await expect.poll(() => settled.length, { timeout: 10_000 }).toBe(MORE);
  expect(new Set(settled)).toEqual(new Set(["true"]));
  const read = query((db) => db.execute(sql`select 1`)).then(note("read"));

  await release();
  await Promise.all([...changes, read]);
  expect(settled.filter((what) => what === "done")).toHaveLength(WAITING_MAX);
  expect(settled).toContain("read");
  await transaction(nothing);
});

async function nothing(tx: Executor): Promise<void> {
  await tx.execute(sql`select 1`);
}
