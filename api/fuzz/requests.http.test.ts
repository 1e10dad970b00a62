import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measured, seed, times } from "@/prove/proof";
import { expectAnswer } from "./judge";
import { readOperations } from "./operations";
import { isKnown, makePeople, named, type People } from "./people";
import { type Asked, garbled, isWatch, requestsOf } from "./requests";
import { type Answer, serveWhole } from "./serve-whole";

const CASES = times({ quick: 300, full: 100_000 });
const GROWTH_MB_MAX = 300;

let served: Awaited<ReturnType<typeof serveWhole>>;
let people: People;

beforeAll(async () => {
  served = await serveWhole();
  people = await makePeople();
});
afterAll(() => served.close());

test("no request, made at random from what the API says it takes, is answered with a failure of the server, and each refusal says of what", async () => {
  const described = await readOperations(async (path) => (await ask({ path })).text);
  expect(described.operations.length).toBeGreaterThan(30);
  expect(described.operations.filter(({ body }) => body).length).toBeGreaterThan(8);
  const statuses = new Map<number, number>();
  let rssBefore = 0;
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(requestsOf(described), garbled, async (asked, credential) => {
      cases += 1;
      // What is compiled and cached at first is no growth.
      if (cases === Math.ceil(CASES / 10)) rssBefore = rssMb();
      const answer = await ask(asked, credential);
      expect(served.takeFailures()).toEqual([]);
      expectAnswer(asked.method, answer);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (isSpent(asked, answer)) people = await makePeople();
    }),
    { numRuns: CASES, seed: seed() },
  );
  const growthMb = rssMb() - rssBefore;
  expect(growthMb).toBeLessThan(GROWTH_MB_MAX);
  expect((await ask({ path: "/readyz" })).status).toBe(200);
  // A fuzzer that is refused everything has tried nothing.
  const share = (from: number, to: number) =>
    [...statuses].reduce((sum, [of, count]) => (of >= from && of < to ? sum + count : sum), 0);
  expect(share(200, 300)).toBeGreaterThan(CASES / 20);
  expect(share(422, 423)).toBeGreaterThan(CASES / 100);
  const found = [...statuses].sort(([one], [other]) => one - other);
  measured(
    `${CASES.toLocaleString("en")} requests made from the API's own OpenAPI documents and routes, right, nearly right and hostile: no failure of the server, and every refusal a Status that names what is wrong`,
    `0 answers of 500 or more; ${found.map(([status, count]) => `${status}: ${count}`).join(", ")}; memory grew by ${Math.round(growthMb)} MB`,
  );
});

function ask(asked: Partial<Asked> & { path: string }, credential = ""): Promise<Answer> {
  const { who = "admin", method = "GET", path, query = "", headers = [], body } = asked;
  const authorization: [string, string][] =
    who === "nobody"
      ? []
      : [["authorization", isKnown(who) ? `Bearer ${people.bearers[who]}` : credential]];
  return served.send({
    method,
    path: named(path, people) + (query === "" ? "" : `?${query}`),
    headers: [...headers, ...authorization],
    body,
    isEndless: isWatch({ query } as Asked),
  });
}

// Whoever lost their token or what there was to ask for gets another.
function isSpent({ who, method }: Asked, { status }: Answer): boolean {
  return (isKnown(who) && status === 401) || (method !== "GET" && status === 200);
}

function rssMb(): number {
  return process.memoryUsage().rss / 2 ** 20;
}
