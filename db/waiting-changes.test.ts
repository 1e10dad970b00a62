import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Executor, poolUse, query, transaction } from "./client";
import { isUnavailable } from "./errors";
import { holdConnections } from "./testing/waiting-changes";
import "./testing/worker-database";

const WAITING_MAX = 200;
const MORE = 50;

test("of more changes than may wait the rest is refused before any other is done, and reads are not; what goes first waits for none", async () => {
  const held = poolUse().free;
  const release = await holdConnections();
  const settled: string[] = [];
  const note = (what: string) => () => void settled.push(what);
  const changes = Array.from({ length: WAITING_MAX + MORE }, () =>
    transaction(nothing).then(note("done"), (error) => note(String(isUnavailable(error)))()),
  );
  await expect.poll(() => settled.length, { timeout: 10_000 }).toBe(MORE);
  expect(new Set(settled)).toEqual(new Set(["true"]));
  const read = query((db) => db.execute(sql`select 1`)).then(note("read"));
  const first = query((db) => db.execute(sql`select 1`), { goesFirst: true }).then(note("first"));

  await release();
  await Promise.all([...changes, read, first]);
  expect(settled.filter((what) => what === "done")).toHaveLength(WAITING_MAX);
  expect(settled).toContain("read");
  // Of all that waited, it was among the first for which there was a connection.
  expect(settled.slice(MORE, MORE + held)).toContain("first");
  await transaction(nothing);
});

async function nothing(tx: Executor): Promise<void> {
  await tx.execute(sql`select 1`);
}
