import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findForbidden } from "./testing/migration-rules";

const FOLDER = "db/migrations";
// Those before the first version that has to be upgraded without an outage.
const LAST_OF_BASE_LINE = "0011_inventory_indexes.sql";

test("no migration after the base line takes anything from the version that still runs, or locks it out", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
  expect(files).toContain(LAST_OF_BASE_LINE);
  const later = files.filter((name) => name > LAST_OF_BASE_LINE);
  const found = later.flatMap((name) =>
    findForbidden(name, readFileSync(`${FOLDER}/${name}`, "utf8")).map((why) => `${name}: ${why}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ["a column dropped", 'ALTER TABLE "tokens" DROP COLUMN "kind";'],
  ["a table dropped", "DROP TABLE users;"],
  ["a column renamed", 'ALTER TABLE "tokens" RENAME COLUMN "kind" TO "sort";'],
  ["a type changed", 'ALTER TABLE "tokens" ALTER COLUMN "id" SET DATA TYPE text;'],
  ["a value demanded", 'ALTER TABLE "users" ADD COLUMN "later" text NOT NULL;'],
  ["a value demanded afterwards", 'ALTER TABLE "users" ALTER COLUMN "later" SET NOT NULL;'],
  [
    "a table written anew",
    'ALTER TABLE "users" ADD COLUMN "later" uuid DEFAULT gen_random_uuid();',
  ],
  ["an index that keeps writers out", 'CREATE INDEX "later" ON "tokens" USING btree ("id");'],
  ["a constraint on what is there", 'ALTER TABLE "users" ADD CONSTRAINT "c" CHECK (id <> \'\');'],
  ["rights taken", "REVOKE SELECT ON users FROM latchkey;"],
])("%s is found", (_what, sql) => {
  expect(findForbidden("9999_later.sql", sql)).toHaveLength(1);
});

test.each([
  ["a column that may be empty", 'ALTER TABLE "users" ADD COLUMN "later" text;'],
  ["a column with a fixed default", 'ALTER TABLE "users" ADD COLUMN "n" int DEFAULT 0 NOT NULL;'],
  [
    "a table with its index",
    'CREATE TABLE "later" ("id" int NOT NULL);--> statement-breakpoint\nCREATE INDEX "i" ON "later" ("id");',
  ],
  ["a constraint for what comes", 'ALTER TABLE "users" ADD CONSTRAINT "c" CHECK (true) NOT VALID;'],
])("%s is allowed", (_what, sql) => {
  expect(findForbidden("9999_later.sql", sql)).toEqual([]);
});

test("what no version uses any more is dropped by a migration that is named for it, and nothing else is", () => {
  const drop = 'ALTER TABLE "tokens" DROP COLUMN "kind";';
  expect(findForbidden("9999_contract_kind.sql", drop)).toEqual([]);
  const rename = 'ALTER TABLE "tokens" RENAME COLUMN "kind" TO "sort";';
  expect(findForbidden("9999_contract_kind.sql", rename)).toHaveLength(1);
});
