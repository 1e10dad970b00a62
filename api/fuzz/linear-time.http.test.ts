import { afterAll, beforeAll, expect, test } from "vitest";
import { measured, times } from "@/prove/proof";
import { makePeople, named, type People } from "./people";
import { serveWhole } from "./serve-whole";

const LARGE_BYTES = 480_000;
const FACTOR = 4;
// Linear is at most 4 and quadratic up to 16.
const RATIO_MAX = 9;
// Below it a cost says more of the machine than of the body.
const COST_US_MIN = 5_000;
const TRIES = times({ quick: 3, full: 15 });

const TOKENS = "/apis/ext.cattle.io/v1/tokens";
const JSON_TYPE = "application/json";

interface Shape {
  path: string;
  method?: string;
  type?: string;
  /** A body of about so many bytes. */
  body: (bytes: number) => string;
}

const repeated = (piece: string, bytes: number) => piece.repeat(Math.floor(bytes / piece.length));
const names = (bytes: number, each: (at: number) => string) =>
  Array.from({ length: Math.floor(bytes / (each(99_999).length + 1)) }, (_, at) => each(at)).join(
    ",",
  );

const SHAPES: Record<string, Shape> = {
  "a long text": {
    path: `${TOKENS}?dryRun=All`,
    body: (bytes) => `{"spec":{"description":"${repeated("x", bytes)}"}}`,
  },
  "a text of escapes": {
    path: `${TOKENS}?dryRun=All`,
    body: (bytes) => `{"spec":{"description":"${repeated("\\ud83d\\ude00", bytes)}"}}`,
  },
  "many unknown fields": {
    path: `${TOKENS}?dryRun=All`,
    body: (bytes) => `{${names(bytes, (at) => `"k${at}":1`)}}`,
  },
  "one field many times": {
    path: `${TOKENS}?dryRun=All&fieldValidation=Strict`,
    body: (bytes) => `{${repeated('"a":1,', bytes)}"a":1}`,
  },
  "many labels": {
    path: `${TOKENS}?dryRun=All`,
    body: (bytes) => `{"metadata":{"labels":{${names(bytes, (at) => `"k${at}":"v"`)}}}}`,
  },
  "a label's name that nearly is one": {
    path: `${TOKENS}?dryRun=All`,
    body: (bytes) => `{"metadata":{"labels":{"${repeated("a-.", bytes)}!":"v"}}}`,
  },
  "brackets without an end": { path: TOKENS, body: (bytes) => repeated("[", bytes) },
  "levels of lists": {
    path: TOKENS,
    body: (bytes) => repeated("[", bytes / 2) + repeated("]", bytes / 2),
  },
  "YAML of brackets": {
    path: TOKENS,
    type: "application/yaml",
    body: (bytes) => repeated("[a,", bytes),
  },
  "YAML of many names": {
    path: `${TOKENS}?dryRun=All`,
    type: "application/yaml",
    body: (bytes) => names(bytes, (at) => `k${at}: v`).replaceAll(",", "\n"),
  },
  "a patch of many operations": {
    path: `${TOKENS}/{name}?dryRun=All`,
    method: "PATCH",
    type: "application/json-patch+json",
    body: (bytes) => `[${names(bytes, () => '{"op":"add","path":"/spec/ttl","value":1}')}]`,
  },
  "a form of many fields": {
    path: "/oauth2/introspect",
    type: "application/x-www-form-urlencoded",
    body: (bytes) => repeated("token=a&", bytes / 8),
  },
  "a sign-in with a long name": {
    path: "/v1-public/login",
    body: (bytes) => `{"username":"${repeated("a", bytes)}","password":""}`,
  },
};

let served: Awaited<ReturnType<typeof serveWhole>>;
let people: People;
beforeAll(async () => {
  served = await serveWhole();
  people = await makePeople();
});
const ratios = new Map<string, number>();
afterAll(async () => {
  await served.close();
  const [worst = ["", 0]] = [...ratios].sort(([, one], [, other]) => other - one);
  measured(
    `Four times the size costs less than ${RATIO_MAX} times the work, for ${ratios.size} kinds of bodies of up to ${LARGE_BYTES / 1_000} KB`,
    `At most ${worst[1].toFixed(1)} times (${worst[0]})`,
  );
});

test.each(Object.entries(SHAPES))(
  "the work for %s grows no faster than its size",
  async (shape, { path, method = "POST", type = JSON_TYPE, body }) => {
    const cost = async (bytes: number) => {
      const sent = body(bytes);
      const costs: number[] = [];
      for (let at = 0; at < TRIES; at += 1) {
        // The time of this process, whatever else the machine does meanwhile.
        const before = process.cpuUsage();
        const { status } = await served.send({
          method,
          path: named(path, people),
          headers: [
            ["content-type", type],
            ["authorization", `Bearer ${people.bearers.admin}`],
          ],
          body: sent,
        });
        const { user, system } = process.cpuUsage(before);
        // What is too large is not even read.
        expect(status).not.toBe(413);
        expect(status).toBeLessThan(500);
        costs.push(user + system);
      }
      return Math.min(...costs);
    };
    await cost(LARGE_BYTES);
    const [small, large] = [await cost(LARGE_BYTES / FACTOR), await cost(LARGE_BYTES)];
    const ratio = large / Math.max(small, COST_US_MIN);
    expect(ratio).toBeLessThan(RATIO_MAX);
    ratios.set(shape, ratio);
  },
);
