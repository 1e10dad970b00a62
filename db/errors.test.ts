import { type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { change, type Executor, query, transaction } from "./client";
import { tokenUses } from "./schema";
import "./testing/worker-database";

const SECRET = "a secret among the parameters";

const FAILING: [string, (db: Executor) => Promise<unknown>][] = [
  ["that the database refuses", (db) => db.execute(sql`select ${SECRET}::int`)],
  ["that names nothing", (db) => db.execute(sql`select ${SECRET} from nothing`)],
  [
    "that the driver cannot send",
    (db) =>
      db.update(tokenUses).set({ userAgent: SECRET, lastUsedAt: new Date() as never as SQL<Date> }),
  ],
];

test.each(FAILING)(
  "the error of a statement %s tells nothing that was sent with it",
  async (_, work) => {
    for (const run of [query, transaction, change]) {
      const error = await run(work).then(
        () => expect.fail("it ran"),
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: "queryFailed" });
      const { stack, cause } = error as Error;
      expect([String(error), stack, JSON.stringify(error), String(cause)].join("\n")).not.toContain(
        SECRET,
      );
    }
  },
);
