import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aCaller, type Caller, openGet, send, TOKENS } from "../testing/client";

const nested = (open: string, close: string, depth: number, inside = "") =>
  open.repeat(depth) + inside + close.repeat(depth);
const wide = (count: number) =>
  `{${Array.from({ length: count }, (_, at) => `"k${at}":"v"`).join(",")}}`;

const HOSTILE_VALUES: Record<string, string> = {
  "a list of 60,000 levels": nested("[", "]", 60_000),
  "an object of 30,000 levels": nested('{"a":', "}", 30_000, "1"),
  "an object of 100 levels": nested('{"a":', "}", 100, "1"),
  "an object that has no text": '{"toString":1,"valueOf":1,"toJSON":1}',
  "an object with a prototype": '{"__proto__":{"toString":1},"constructor":{"prototype":1}}',
  "3,000 names": wide(3_000),
  "a list of objects": '[{},{"a":[]}]',
  "U+0000": '"\\u0000"',
  "half a character": '"\\ud800"',
  "a name with U+0000": '{"\\u0000":"x"}',
  "a name that is half a character": '{"\\ud800":"x"}',
  "text of 100 KB": `"${"x".repeat(100_000)}"`,
  "names with control characters": '{"\\r\\nSet-Cookie: a=b":"x","\\u0007":"x"}',
  "a huge number": "1e999",
  "a small number": "-1e999",
  "minus nothing": "-0",
  "2^53 + 1": "9007199254740993",
  "a long number": "9".repeat(10_000),
  true: "true",
  null: "null",
  "empty text": '""',
  "a date": '"0000-00-00T00:00:00Z"',
  SQL: `"'; drop table tokens; --"`,
};

const PLACES = [
  (value: string) => value,
  (value: string) => `{"apiVersion":${value}}`,
  (value: string) => `{"kind":${value}}`,
  (value: string) => `{"metadata":${value}}`,
  (value: string) => `{"spec":${value}}`,
  (value: string) => `{"status":${value}}`,
  (value: string) => `{"unknown":${value}}`,
  ...["name", "labels", "annotations", "resourceVersion", "uid", "unknown"].map(
    (field) => (value: string) => `{"metadata":{"${field}":${value}}}`,
  ),
  ...["userID", "userPrincipal", "kind", "description", "ttl", "enabled", "clusterName", "x"].map(
    (field) => (value: string) => `{"spec":{"${field}":${value}}}`,
  ),
  (value: string) => `{"spec":{"userPrincipal":{"metadata":${value}}}}`,
  (value: string) => `{"preconditions":${value}}`,
  (value: string) => `{"preconditions":{"uid":${value}}}`,
  (value: string) => `{"dryRun":${value}}`,
  (value: string) => `{"username":${value},"password":${value}}`,
];

function answersTo(caller: Caller, body: string) {
  const path = `${TOKENS}/${caller.name}`;
  return Promise.all([
    caller.send("POST", `${TOKENS}?dryRun=All`, { body }),
    caller.send("POST", `${TOKENS}?dryRun=All&fieldValidation=Strict`, { body }),
    caller.send("PUT", `${path}?dryRun=All`, { body }),
    caller.send("PATCH", `${path}?dryRun=All`, { body }),
    caller.send("DELETE", `${path}?dryRun=All`, { body }),
    send("POST", "/v1-public/login", { body }),
  ]);
}

describe("no answer is a failure of the server", () => {
  test.each(Object.entries(HOSTILE_VALUES))(
    "to %s, wherever it is",
    async (_, value) => {
      const caller = await aCaller();
      for (const place of PLACES) {
        const body = place(value);
        for (const { status, text } of await answersTo(caller, body)) {
          expect([status, body.slice(0, 80), text]).toSatisfy(([code]) => Number(code) < 500);
        }
      }
    },
    60_000,
  );

  test("to any JSON in any field", async () => {
    const caller = await aCaller();
    const { metadata } = await caller.create();
    const path = `${TOKENS}/${metadata.name}`;
    const anything = fc.jsonValue({ stringUnit: "binary", maxDepth: 3 });
    const part = fc.oneof(
      anything,
      fc.dictionary(
        fc.oneof(
          fc.string(),
          fc.constantFrom("ttl", "enabled", "kind", "description", "labels", "annotations"),
          fc.constantFrom("userID", "userPrincipal", "clusterName", "resourceVersion", "name"),
        ),
        anything,
      ),
    );
    const anyBody = fc.record({ metadata: part, spec: part }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        anyBody,
        fc.constantFrom("PUT", "PATCH", "POST", "DELETE"),
        async (body, method) => {
          const address = method === "POST" ? TOKENS : path;
          const { status } = await caller.send(method, `${address}?dryRun=All`, { body });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);

  test("to any list parameter", async () => {
    const caller = await aCaller();
    const name = fc.constantFrom("limit", "continue", "watch", "labelSelector", "fieldSelector");
    const value = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("0", "1"));
    const query = fc.dictionary(name, value);
    await fc.assert(
      fc.asyncProperty(query, async (parameters) => {
        const answer = await openGet(`${TOKENS}?${new URLSearchParams(parameters)}`, caller.bearer);
        expect(answer.status).toBeLessThan(500);
        await answer.body?.cancel();
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  test("to any credential", async () => {
    const header = fc.string({ unit: "binary-ascii", maxLength: 200 }).filter((text) =>
      // What a header can carry at all.
      /^[\x20-\x7e]*$/.test(text),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("Bearer ", "Basic ", ""), header, async (scheme, rest) => {
        const headers = { authorization: scheme + rest };
        expect((await send("GET", TOKENS, { headers })).status).toBe(401);
      }),
      { numRuns: 500 },
    );
  });
});
