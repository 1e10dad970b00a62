import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aCaller, TOKENS } from "../testing/client";

const RUNS = { numRuns: 300 };
const PROTOBUF = "application/vnd.kubernetes.protobuf";
const CAN = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

const of = (mediaType: string) => ({ "content-type": mediaType });

describe("no answer is a failure of the server", () => {
  test("to any YAML", async () => {
    const caller = await aCaller();
    const mark = fc.constantFrom(
      ..."[ ] { } : - ? & * ! | > ' \" % @ ` # , \n \t --- ... << &a *a !!str spec: ttl: 1".split(
        " ",
      ),
      "\n",
      "\n  ",
      " ",
    );
    const text = fc.oneof(
      fc.array(mark, { maxLength: 60 }).map((marks) => marks.join("")),
      fc
        .array(fc.tuple(mark, fc.integer({ min: 1, max: 3_000 })), { maxLength: 4 })
        .map((runs) => runs.map(([piece, times]) => piece.repeat(times)).join("")),
      fc.string({ unit: "binary", maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const headers = of("application/yaml");
        const { status } = await caller.send("POST", `${TOKENS}?dryRun=All`, { body, headers });
        expect(status).toBeLessThan(500);
      }),
      RUNS,
    );
  }, 60_000);

  test("to any JSON patch, which reaches nothing but its own copy", async () => {
    const caller = await aCaller();
    const name = fc.constantFrom(
      ..."spec metadata labels annotations ttl description name 0 - a ~0 ~1".split(" "),
      ..."__proto__ constructor prototype toString hasOwnProperty push length".split(" "),
      "",
    );
    const path = fc
      .array(name, { maxLength: 4 })
      .map((names) => names.map((of) => `/${of}`).join(""));
    const operation = fc.record(
      {
        op: fc.constantFrom("add", "remove", "replace", "move", "copy", "test"),
        path,
        from: path,
        value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom([], {})),
      },
      { requiredKeys: ["op", "path"] },
    );
    const before = sharedNames();
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 6 }), async (body) => {
        const path = `${TOKENS}/${caller.name}?dryRun=All`;
        const headers = of("application/json-patch+json");
        const { status } = await caller.send("PATCH", path, { body, headers });
        expect(status).toBeLessThan(500);
        expect(sharedNames()).toEqual(before);
      }),
      RUNS,
    );
  }, 60_000);

  test("to any protobuf", async () => {
    const caller = await aCaller();
    const bytes = fc.uint8Array({ maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(bytes, async (message) => {
        const body = Buffer.concat([Buffer.from("k8s\0"), message]);
        const { status } = await caller.send("POST", CAN, { body, headers: of(PROTOBUF) });
        expect(status).toBeLessThan(500);
      }),
      RUNS,
    );
  }, 60_000);

  test("to any Accept", async () => {
    const caller = await aCaller();
    const piece = fc.constantFrom(
      ...'application/json */* application/* text/html ; , = q=0 q=0.5 q=x as=Table v=v1 g=meta.k8s.io "'.split(
        " ",
      ),
    );
    const accept = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.string({ maxLength: 100 }).filter((text) => /^[\x20-\x7e]*$/.test(text)),
    );
    await fc.assert(
      fc.asyncProperty(accept, async (header) => {
        const { status } = await caller.send("GET", TOKENS, { headers: { accept: header } });
        expect([200, 406]).toContain(status);
      }),
      RUNS,
    );
  }, 60_000);
});

function sharedNames(): string[] {
  const shared = [Object.prototype, Array.prototype, Object.prototype.toString, [].push, Object];
  return shared.flatMap((object) => Object.getOwnPropertyNames(object));
}
