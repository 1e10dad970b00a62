import { describe, expect, test } from "vitest";
import { aCaller, type Caller, TOKENS } from "../testing/client";

const MAX_MS = 7_776_000_000;

async function aPatched(caller: Caller, metadata: Record<string, unknown> = {}, spec = {}) {
  const { json } = await caller.send("POST", TOKENS, { body: { metadata, spec } });
  const path = `${TOKENS}/${json.metadata.name}`;
  const patch = (body: unknown, query = "") => caller.send("PATCH", path + query, { body });
  return { created: json, path, patch };
}

describe("a merge patch", () => {
  test("changes what it names and keeps the rest", async () => {
    const { created, patch } = await aPatched(await aCaller(), {}, { description: "a" });
    const { status, json } = await patch({ spec: { enabled: false } });
    expect(status).toBe(200);
    expect(json.spec).toEqual({ ...created.spec, enabled: false });
  });

  test("with null for enabled, ttl or description keeps the stored value", async () => {
    const { created, patch } = await aPatched(
      await aCaller(),
      {},
      { description: "a", ttl: 9_000 },
    );
    await patch({ spec: { enabled: false } });
    const body = { spec: { enabled: null, ttl: null, description: null } };
    const { status, json } = await patch(body);
    expect(status).toBe(200);
    expect(json.spec).toEqual({ ...created.spec, enabled: false });
  });

  test("adds, changes and removes single labels and annotations", async () => {
    const maps = { labels: { a: "1", b: "2" }, annotations: { a: "1", b: "2" } };
    const { patch } = await aPatched(await aCaller(), maps);
    const change = { a: null, b: "3", c: "4" };
    const { json } = await patch({ metadata: { labels: change, annotations: change } });
    expect(json.metadata.labels).toMatchObject({ b: "3", c: "4" });
    expect(json.metadata.labels).not.toHaveProperty("a");
    expect(json.metadata.annotations).toEqual({ b: "3", c: "4" });
    const cleared = await patch({ metadata: { annotations: null } });
    expect(cleared.json.metadata).not.toHaveProperty("annotations");
  });

  test.each(["constructor", "prototype", "hasOwnProperty", "toString", "valueOf"])(
    "treats %s as a name like any other",
    async (name) => {
      const { patch } = await aPatched(await aCaller(), { annotations: { [name]: "x", a: "1" } });
      const changed = await patch({ metadata: { annotations: { [name]: "y", a: null, b: "2" } } });
      expect(changed.status).toBe(200);
      expect(changed.json.metadata.annotations).toEqual({ [name]: "y", b: "2" });
      const removed = await patch({ metadata: { annotations: { [name]: null } } });
      expect(removed.json.metadata.annotations).toEqual({ b: "2" });
    },
  );

  test("cannot reach the prototype of anything", async () => {
    const { patch } = await aPatched(await aCaller());
    for (const body of [
      '{"__proto__":{"polluted":1}}',
      '{"spec":{"__proto__":{"polluted":1,"enabled":false}}}',
      '{"metadata":{"labels":{"__proto__":{"polluted":"1"}}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
    ]) {
      expect((await patch(body)).status).toBeLessThan(500);
    }
    expect({}).not.toHaveProperty("polluted");
    expect((await patch({})).json.spec.enabled).toBe(true);
  });

  test("as a dry run shows the outcome and stores nothing", async () => {
    const caller = await aCaller();
    const { created, patch, path } = await aPatched(caller);
    const { status, json } = await patch({ spec: { description: "b" } }, "?dryRun=All");
    expect(status).toBe(200);
    expect(json.spec.description).toBe("b");
    expect((await caller.send("GET", path)).json.spec).toEqual(created.spec);
  });

  test("without a version meets no conflict, however many there are at once", async () => {
    const { patch } = await aPatched(await aCaller());
    const answers = await Promise.all(
      ["a", "b", "c", "d"].map((name) => patch({ metadata: { annotations: { [name]: "1" } } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { json } = await patch({});
    expect(json.metadata.annotations).toEqual({ a: "1", b: "1", c: "1", d: "1" });
  });
});

describe("spec.ttl", () => {
  const HOUR = 3_600_000;

  test("is shortened by its owner and extended by an admin alone", async () => {
    const [caller, admin] = [await aCaller(), await aCaller({ role: "admin" })];
    const { created, path, patch } = await aPatched(caller, {}, { ttl: HOUR });
    const name = created.metadata.name;
    expect((await patch({ spec: { ttl: HOUR - 1 } })).json.spec.ttl).toBe(HOUR - 1);
    for (const ttl of [HOUR, MAX_MS + 1, 0, -1]) {
      const refused = await patch({ spec: { ttl } });
      expect(refused.status).toBe(403);
      expect(refused.json).toEqual({
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Failure",
        message: `tokens.ext.cattle.io "${name}" is forbidden: only an administrator can extend spec.ttl`,
        reason: "Forbidden",
        details: {
          name,
          group: "ext.cattle.io",
          kind: "tokens",
          causes: [
            {
              reason: "FieldValueForbidden",
              message: "Forbidden: only an administrator can extend spec.ttl",
              field: "spec.ttl",
            },
          ],
        },
        code: 403,
      });
    }
    const extended = await admin.send("PATCH", path, { body: { spec: { ttl: HOUR } } });
    expect(extended.json.spec.ttl).toBe(HOUR);
  });

  test("above the maximum is refused to an admin in the words of the rules", async () => {
    const admin = await aCaller({ role: "admin" });
    const { created, patch } = await aPatched(admin, {}, { ttl: HOUR });
    const { status, json } = await patch({ spec: { ttl: 9_999_999_999 } });
    expect(status).toBe(422);
    expect(json.message).toBe(
      `Token.ext.cattle.io "${created.metadata.name}" is invalid: spec.ttl: Invalid value: 9999999999: must be between 1 and 7776000000 (auth-token-max-ttl-minutes)`,
    );
  });
});
