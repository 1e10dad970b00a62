import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as peopleTable from "../testing/bad-people-requests";
import type { BadRequest } from "../testing/bad-request";
import * as table from "../testing/bad-requests";
import { aCaller, type Caller, SETTINGS, TOKENS, USERS } from "../testing/client";
import { serveApi } from "../testing/http-server";

const MEGABYTE = 1_024 * 1_024;
const ROUNDS = 5;
const GROUPS = [...Object.entries(table), ...Object.entries(peopleTable)];
const ALL = GROUPS.flatMap(([, requests]) => requests);

let server: Awaited<ReturnType<typeof serveApi>>;
let caller: Caller;
let admin: Caller;
let other: Caller;

beforeAll(async () => {
  server = await serveApi();
  [caller, admin, other] = [await aCaller(), await aCaller({ role: "admin" }), await aCaller()];
});
afterAll(() => server.close());

test("the table has at least 300 requests", () => {
  expect(ALL.length).toBeGreaterThanOrEqual(300);
});

describe.each(GROUPS)("%s", (_, requests) => {
  test.each(requests.map((request) => [titleOf(request), request] as const))(
    "%s",
    async (_title, request) => {
      const answer = await sendBad(request);
      const status = JSON.parse(answer.text);
      expect(status).toMatchObject({
        kind: "Status",
        apiVersion: "v1",
        status: "Failure",
        reason: request.reason,
        code: request.status,
      });
      expect(answer.status).toBe(request.status);
      expect(status.message).toMatch(/\w/);
      expect(status.message.length).toBeLessThan(4_000);
      const causes: { field: string }[] = status.details?.causes ?? [];
      expect(causes.map(({ field }) => field).join(" ")).toBe(request.fields ?? "");
      expect(answer.headers["content-type"]).toMatch(/^application\/json/);
      expect(answer.headers["cache-control"]).toBe("no-store");
      if (request.status === 405) expect(answer.headers.allow).toMatch(/[A-Z]/);
      if (request.status === 401) expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
      for (const { bearer } of [caller, admin]) {
        expect(answer.text).not.toContain(bearer.split(":")[1]);
      }
      expect(answer.text).not.toMatch(/<html|node_modules|\.ts:\d|select .* from/i);
    },
  );
});

test("after all of them nothing has changed, and no prototype either", async () => {
  const { json } = await caller.send("GET", TOKENS);
  expect(json.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual([
    caller.name,
  ]);
  expect(json.items[0].spec).toMatchObject({ description: "calls", enabled: true });
  const users = (await admin.send("GET", USERS)).json.items;
  expect(users.map((user: { metadata: { name: string } }) => user.metadata.name).sort()).toEqual(
    [caller, admin, other].map(({ actor }) => actor.userId).sort(),
  );
  expect((await admin.send("GET", `${USERS}/${other.actor.userId}`)).json).toMatchObject({
    role: "user",
    enabled: true,
    displayName: "",
  });
  for (const { value, default: initial } of (await admin.send("GET", SETTINGS)).json.items) {
    expect(value).toBe(initial);
  }
  for (const shared of [{}, [], {}.toString] as Record<string, unknown>[]) {
    expect(shared.polluted).toBeUndefined();
  }
});

test("memory stays flat", async () => {
  await sendAll();
  const before = heapInUse();
  for (let round = 0; round < ROUNDS; round += 1) await sendAll();
  expect((heapInUse() - before) / MEGABYTE).toBeLessThan(10);
}, 120_000);

async function sendAll(): Promise<void> {
  for (const request of ALL) await sendBad(request);
}

function sendBad({ method, path, headers = [], body, isAnonymous, byAdmin }: BadRequest) {
  const { name, bearer } = byAdmin ? admin : caller;
  const fill = (text: string) =>
    text
      .replaceAll("{name}", name)
      .replaceAll("{bearer}", bearer)
      .replaceAll("{user}", other.actor.userId);
  const own = isAnonymous ? [] : [["authorization", `Bearer ${bearer}`]];
  return server.send({
    method,
    path: fill(path),
    headers: [...own, ...headers].flat().map(fill),
    ...(body === undefined ? {} : { body }),
  });
}

function titleOf({ method, path, headers = [], body, status }: BadRequest): string {
  const sent = headers.map(([name, value]) => `${name}: ${value}`.slice(0, 70)).join(", ");
  const shown = typeof body === "string" ? JSON.stringify(body.slice(0, 70)) : "";
  return `${status} ${method} ${path.slice(0, 90)} ${sent} ${shown}`;
}

function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
