import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { aCaller, type Caller, openGet, SETTINGS, USERS } from "../testing/client";

const SETTING = `${SETTINGS}/token-retention-days`;
const RUNS = { numRuns: 300 };

let admin: Caller;
let user: string;

beforeAll(async () => {
  admin = await aCaller({ role: "admin" });
  user = `${USERS}/${(await aCaller()).actor.userId}`;
});

test("any JSON in any field of a user or a setting is answered, and never with a failure", async () => {
  const anything = fc.jsonValue({ stringUnit: "binary", maxDepth: 3 });
  const field = fc.constantFrom(
    ..."username displayName role enabled password status metadata value default".split(" "),
    ..."apiVersion kind spec preconditions dryRun __proto__ constructor toString".split(" "),
  );
  const metadata = fc.dictionary(
    fc.constantFrom("name", "labels", "annotations", "resourceVersion", "uid", "managedFields"),
    anything,
  );
  const body = fc.oneof(
    fc.dictionary(field, anything),
    fc.record({ metadata, username: anything, value: anything }, { requiredKeys: [] }),
    anything,
  );
  const request = fc.constantFrom(
    ["POST", USERS] as const,
    ...(["PUT", "PATCH", "DELETE"] as const).map((method) => [method, user] as const),
    ...(["PUT", "PATCH"] as const).map((method) => [method, SETTING] as const),
  );
  await fc.assert(
    fc.asyncProperty(body, request, async (sent, [method, path]) => {
      const { status } = await admin.send(method, `${path}?dryRun=All`, { body: sent });
      expect(status).toBeLessThan(500);
    }),
    RUNS,
  );
}, 120_000);

test("any name and any list parameter is answered, and never with a failure", async () => {
  const name = fc.constantFrom("limit", "continue", "watch", "labelSelector", "fieldSelector");
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 20 }).map((text) => `metadata.name=${text}`),
    fc.constantFrom("0", "1"),
  );
  const object = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(USERS, SETTINGS),
      fc.dictionary(name, value),
      object.filter((text) => text.isWellFormed()),
      async (path, parameters, of) => {
        const query = new URLSearchParams(parameters);
        for (const address of [`${path}?${query}`, `${path}/${encodeURIComponent(of)}`]) {
          const answer = await openGet(address, admin.bearer);
          expect(answer.status).toBeLessThan(500);
          await answer.text();
        }
      },
    ),
    RUNS,
  );
}, 120_000);
