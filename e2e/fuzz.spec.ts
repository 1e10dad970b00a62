import fc from "fast-check";
import { measured, seed, times } from "@/prove/proof";
import { everybody, type Things } from "./access/answers";
import { OURS, toActionEnd, toActionRequest, toRequest } from "./access/ask";
import { makeThings, type Place, send, signInAgain, test } from "./access/place";
import { ACTIONS, HANDLERS, PAGES } from "./access/table";
import { expect } from "./fixtures";
import { brokenBody, isDecodable, spoiling } from "./fuzz/arguments";
import { failuresIn } from "./fuzz/failures";
import { hostileQuery } from "./fuzz/texts";

// One Latchkey for all of them: in order.
test.describe.configure({ mode: "default" });

const answers = everybody("refused" as const);
const WHO = fc.constantFrom("user" as const, "admin" as const);

const called = fc.record({
  name: fc.constantFrom(...Object.keys(ACTIONS)),
  who: WHO,
  spoil: spoiling,
});

test("no server action, whatever its arguments, fails or writes where it refuses", async ({
  place,
}) => {
  const numRuns = times({ quick: 90, full: 4_000 });
  const ends = new Map<string, number>();
  const failed = failuresIn(place.latchkey);
  await fc.assert(
    fc.asyncProperty(called, async ({ name, who, spoil }) => {
      const row = ACTIONS[name];
      const action = place.manifest.actions.find((of) => of.name === name);
      if (!row || !action) throw new Error(`${name} is no action of this build`);
      const things = await makeThingsAgain(place);
      const args = spoil(row.args(things));
      const { headers, ...request } = toActionRequest(action, { ...row, args: () => args }, things);
      const all = { ...headers, ...place.people[who].page, ...OURS };
      const { written, ...answer } = await send(place, { ...request, headers: all });
      const end = toActionEnd(answer);
      ends.set(String(end), (ends.get(String(end)) ?? 0) + 1);
      const isFailure = answer.status > (isDecodable(args) ? 499 : 500);
      // What cannot be decoded is logged as well, and is the sender's failure.
      const logged = failed().filter(() => isDecodable(args));
      expect([name, logged, isFailure]).toEqual([name, [], false]);
      const mayWrite = row.isWriteForAll || end === "done" || end === "redirect";
      expect([name, end, mayWrite ? [] : written]).toEqual([name, end, []]);
      if (end === "signed out" || row.endsSignIn) await signInAgain(place, who);
    }),
    { numRuns, seed: seed() },
  );
  await expectAlive(place);
  expect(ends.get("done") ?? 0).toBeGreaterThan(numRuns / 20);
  measured(
    `${Object.keys(ACTIONS).length} server actions with arguments made at random, as an administrator and as a user: no failure (500 is Next's own answer to what cannot be decoded), and whatever is refused writes nothing`,
    `${numRuns.toLocaleString("en")} calls: ${[...ends].map(([end, count]) => `${end} ${count}`).join(", ")}`,
  );
});

test("a body that is no arguments at all changes nothing", async ({ place }) => {
  const numRuns = times({ quick: 20, full: 1_000 });
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(called, brokenBody, async ({ name, who }, { body, type }) => {
      const action = place.manifest.actions.find((of) => of.name === name);
      if (!action) throw new Error(`${name} is no action of this build`);
      const things = await makeThingsAgain(place);
      const { path, headers } = toActionRequest(action, { answers, args: () => [] }, things);
      const all = { ...headers, ...place.people[who].page, ...OURS, "Content-Type": type };
      const { status, written } = await send(place, { path, method: "POST", headers: all, body });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect([name, body, status > 500, written]).toEqual([name, body, false, []]);
    }),
    { numRuns, seed: seed() },
  );
  await expectAlive(place);
  measured(
    "Bodies that are no arguments of a server action change nothing (500 is Next's own answer to some)",
    `${numRuns.toLocaleString("en")} bodies: ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}; nothing written`,
  );
});

test("no page, whatever its address asks for, is anything but itself or leads elsewhere", async ({
  place,
}) => {
  const numRuns = times({ quick: 60, full: 3_000 });
  const paths = Object.keys(PAGES).filter((path) => PAGES[path]?.admin === 200);
  const things = await makeThings(place);
  const headings = new Map<string, string[]>();
  for (const path of paths) headings.set(path, (await read(place, path, things)).headings);
  const failed = failuresIn(place.latchkey);
  let own = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), hostileQuery, async (path, query) => {
      const page = await read(place, path, things, query);
      expect([path, failed(), failureIn(page.status)]).toEqual([path, [], null]);
      if (page.status !== 200) {
        expect([path, [302, 303, 307, 308].includes(page.status)]).toEqual([path, true]);
        return;
      }
      own += 1;
      expect([path, page.headings, page.isBroken]).toEqual([path, headings.get(path), false]);
    }),
    // What every object has, and Next takes for the parameter's first value.
    { numRuns, seed: seed(), examples: paths.map((path) => [path, "constructor=a&toString=b"]) },
  );
  await expectAlive(place);
  expect(own).toBeGreaterThan(numRuns / 2);
  measured(
    `${paths.length} pages with addresses that ask for anything: the page itself or a redirect, never an error`,
    `${numRuns.toLocaleString("en")} addresses: ${own.toLocaleString("en")} pages with their own heading, ${numRuns - own} redirects, 0 errors`,
  );
});

test("no route handler, whatever its address asks for, fails", async ({ place }) => {
  const numRuns = times({ quick: 60, full: 3_000 });
  const keys = Object.keys(HANDLERS).filter((key) => !key.includes("sign-out"));
  const things = await makeThings(place);
  const failed = failuresIn(place.latchkey);
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...keys), WHO, hostileQuery, async (key, who, query) => {
      const request = toRequest(key, HANDLERS[key] ?? {}, things);
      const [path = ""] = request.path.split("?");
      const headers = { ...request.headers, ...place.people[who].page, ...OURS };
      const { status } = await send(place, { ...request, path: `${path}?${query}`, headers });
      expect([key, failed(), failureIn(status)]).toEqual([key, [], null]);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
    { numRuns, seed: seed() },
  );
  await expectAlive(place);
  measured(
    `${keys.length} route handlers of the console with addresses that ask for anything: no failure`,
    `${numRuns.toLocaleString("en")} requests: ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}`,
  );
});

// What was called before may have stopped the token that these are made with.
async function makeThingsAgain(place: Place): Promise<Things> {
  try {
    return await makeThings(place);
  } catch {
    await signInAgain(place, "user");
    return makeThings(place);
  }
}

async function read(place: Place, path: string, things: Things, query = "") {
  const { path: address } = toRequest(`GET ${path}`, {}, things);
  const headers = place.people.admin.page;
  const url = `${place.latchkey.url}${address}?${query}`;
  const answer = await fetch(url, { headers, redirect: "manual" });
  const text = await answer.text();
  const headings = [...text.matchAll(/<h1[^>]*>(.*?)<\/h1>/gs)].map(([, inner = ""]) => inner);
  // What React leaves where a part of a page could not be drawn.
  return { status: answer.status, headings, isBroken: /data-dgst=|\$RX\(/.test(text) };
}

async function expectAlive({ latchkey }: Place): Promise<void> {
  expect((await fetch(`${latchkey.url}/readyz`)).status).toBe(200);
}

function failureIn(status: number): number | null {
  return status >= 500 ? status : null;
}
