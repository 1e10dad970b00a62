import type { Answers, Row } from "./access/answers";
import { OURS, toActionEnd, toActionRequest, toRequest } from "./access/ask";
import { without } from "./access/manifest";
import { makeThings, type Place, send, signInAgain, test } from "./access/place";
import { ACTIONS, API, HANDLERS, PAGES } from "./access/table";
import { WHO, type Who } from "./access/who";
import { expect } from "./fixtures";

// One Latchkey for all of them: in order.
test.describe.configure({ mode: "default" });

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const FOREIGN: Record<string, string>[] = [
  { Origin: "https://evil.test" },
  { "Sec-Fetch-Site": "cross-site" },
  {},
];

test("the table of who may do what has every address and action there is, and no other", async ({
  place,
}) => {
  const { pages, handlers, actions, api } = place.manifest;
  const there = {
    PAGES: [pages, Object.keys(PAGES)],
    HANDLERS: [handlers, Object.keys(HANDLERS).map(pathOf)],
    ACTIONS: [actions.map(({ name }) => name), Object.keys(ACTIONS)],
    API: [api.map(({ method, path }) => `${method} ${path}`), Object.keys(API)],
  } as const;
  for (const [table, [found, known]] of Object.entries(there)) {
    expect(without(found, known), `not in ${table} of e2e/access/table.ts`).toEqual([]);
    expect(without(known, found), `in ${table} of e2e/access/table.ts, but not there`).toEqual([]);
  }
  const names = actions.map(({ name }) => name);
  expect(
    names.filter((name, at) => names.indexOf(name) !== at),
    "named twice",
  ).toEqual([]);
});

for (const [path, answers] of Object.entries(PAGES)) {
  test(`the page ${path} answers each as the table says, and reading it writes nothing`, ({
    place,
  }) => askAll(place, `GET ${path}`, { answers }, "page"));
}

for (const [key, row] of Object.entries(HANDLERS)) {
  test(`${key} answers each as the table says`, ({ place }) => askAll(place, key, row, "page"));
}

for (const [key, row] of Object.entries(API)) {
  test(`${key} of the API answers each as the table says`, ({ place }) =>
    askAll(place, key, row, "api"));
}

for (const [name, row] of Object.entries(ACTIONS)) {
  test(`${name} ends for each as the table says, and from another site changes nothing`, async ({
    place,
  }) => {
    const action = place.manifest.actions.find((known) => known.name === name);
    if (!action) throw new Error(`${name} is no action of this build`);
    const ask = async (who: Who, from: Record<string, string>) => {
      const { headers, ...request } = toActionRequest(action, row, await makeThings(place));
      const all = { ...headers, ...place.people[who].page, ...from };
      const answer = await send(place, { ...request, headers: all });
      return { end: toActionEnd(answer), written: answer.written };
    };
    const found = await forEach(async (who) => {
      const { end, written } = await ask(who, OURS);
      const mayWrite = row.isWriteForAll || end === "done" || end === "redirect";
      expect([who, mayWrite ? [] : written]).toEqual([who, []]);
      if (row.endsSignIn && end === "done") await signInAgain(place, who);
      return end;
    });
    expect(found).toEqual(row.answers);
    for (const from of FOREIGN) {
      const { end, written } = await ask("admin", from);
      expect([from, end, written]).toEqual([from, isEmpty(from) ? "refused" : 403, []]);
    }
  });
}

test("a change that another site sends is refused by every handler", async ({ place }) => {
  for (const [key, row] of Object.entries(HANDLERS)) {
    if (key.startsWith("GET ")) continue;
    for (const from of FOREIGN) {
      const request = toRequest(key, row, await makeThings(place));
      const headers = { ...request.headers, ...place.people.admin.page, ...from };
      const { status, written } = await send(place, { ...request, headers });
      // next-auth asks for its own token where the browser says nothing of the origin.
      const isOfNextAuth = key.includes("[...nextauth]") && isEmpty(from);
      expect([key, from, status, written]).toEqual([key, from, isOfNextAuth ? 302 : 403, []]);
    }
  }
});

test("no address has a method that the table does not name", async ({ place }) => {
  const { page, api } = place.people.admin;
  const named = { ...HANDLERS, ...API };
  for (const key of Object.keys(named)) {
    const path = pathOf(key);
    if (`* ${path}` in named) continue;
    for (const method of METHODS.filter((candidate) => !(`${candidate} ${path}` in named))) {
      const request = toRequest(`${method} ${path}`, {}, await makeThings(place));
      const headers = { ...(key in API ? api : page), ...OURS };
      const { status, written } = await send(place, { ...request, headers });
      expect([method, path, [404, 405].includes(status), written]).toEqual([
        method,
        path,
        true,
        [],
      ]);
    }
  }
});

/** Asks a row as everybody, compares the answers, and that who is refused writes nothing. */
async function askAll(place: Place, key: string, row: Row, by: "page" | "api"): Promise<void> {
  const found = await forEach(async (who) => {
    const request = toRequest(key, row, await makeThings(place));
    const ours = by === "page" && request.method !== "GET" ? OURS : {};
    const headers = { ...request.headers, ...place.people[who][by], ...ours };
    const { status, written } = await send(place, { ...request, headers });
    expect([who, mayWrite(row, request.method, status) ? [] : written]).toEqual([who, []]);
    if (row.endsSignIn && written.length > 0) await signInAgain(place, who);
    return status;
  });
  expect(found).toEqual(row.answers);
}

function mayWrite(row: Row, method: string, status: number): boolean {
  if (row.isWriteForAll || row.endsSignIn) return true;
  return method !== "GET" && status < 400 && status !== row.answers.nobody;
}

async function forEach<Answer>(ask: (who: Who) => Promise<Answer>): Promise<Answers<Answer>> {
  const found: Partial<Answers<Answer>> = {};
  for (const who of WHO) found[who] = await ask(who);
  return found as Answers<Answer>;
}

function pathOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}

function isEmpty(headers: object): boolean {
  return Object.keys(headers).length === 0;
}
