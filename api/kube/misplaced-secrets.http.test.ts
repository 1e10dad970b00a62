import { beforeAll, expect, test } from "vitest";
import { aCaller, type Caller, TOKENS } from "../testing/client";

let caller: Caller;
let value: string;
beforeAll(async () => {
  caller = await aCaller();
  value = (await caller.create()).status.value;
});

const created = (body: (value: string) => unknown, query = "") => ({
  method: "POST",
  path: () => TOKENS + query,
  body,
});
const got = (path: (value: string) => string) => ({ method: "GET", path, body: undefined });

test.each([
  ["the name of a token", 404, got((of) => `${TOKENS}/${of}`)],
  ["a name with its value", 404, got((of) => `${TOKENS}/token-bcdfghjklm:${of}`)],
  ["a selector", 400, got((of) => `${TOKENS}?fieldSelector=${of}`)],
  ["a parameter of the inventory", 400, got((of) => `/apis/inventory.latchkey/v1/tokens?${of}=1`)],
  ["a number", 422, created((of) => ({ spec: { ttl: of } }))],
  ["the kind", 400, created((of) => ({ kind: of }))],
  ["a label's name", 422, created((of) => ({ metadata: { labels: { [`${of}!`]: "x" } } }))],
  ["a label", 422, created((of) => ({ metadata: { labels: { a: `${of}!` } } }))],
  ["an unknown field", 400, created((of) => ({ [of]: 1 }), "?fieldValidation=Strict")],
  ["a field that is warned of", 201, created((of) => ({ [of]: 1 }), "?dryRun=All")],
  ["broken JSON", 400, created((of) => `{"spec":"${of}`)],
])("a token's value that was sent as %s is not repeated", async (_, status, request) => {
  const body = request.body?.(value);
  const answer = await caller.send(request.method, request.path(value), { body });
  expect(answer.status).toBe(status);
  expect(answer.text + JSON.stringify([...answer.headers])).not.toContain(value);
});
