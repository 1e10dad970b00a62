import { describe, expect, test } from "vitest";
import { aCaller, TOKENS } from "../testing/client";

const yaml = (body: string) => ({ body, headers: { "content-type": "application/yaml" } });

const DUPLICATES = {
  JSON: { body: '{"spec":{"description":"a","description":"b","nick":1}}' },
  YAML: yaml("spec:\n  description: a\n  description: b\n  nick: 1\n"),
};

describe.each(Object.entries(DUPLICATES))("an unknown and a duplicate field in %s", (_, sent) => {
  test("are refused when validation is strict", async () => {
    const answer = await (await aCaller()).send("POST", `${TOKENS}?fieldValidation=Strict`, sent);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toBe(
      'strict decoding error: unknown field "spec.nick", duplicate field "spec.description"',
    );
  });

  test.each(["", "?fieldValidation=Warn"])(
    "are warned of with %j, and the last counts",
    async (query) => {
      const answer = await (await aCaller()).send("POST", TOKENS + query, sent);
      expect([answer.status, answer.json.spec.description]).toEqual([201, "b"]);
      expect(answer.headers.get("warning")).toBe(
        '299 - "unknown field \\"spec.nick\\"", 299 - "duplicate field \\"spec.description\\""',
      );
    },
  );

  test("are passed over when validation is off", async () => {
    const answer = await (await aCaller()).send("POST", `${TOKENS}?fieldValidation=Ignore`, sent);
    expect([answer.status, answer.headers.get("warning")]).toEqual([201, null]);
  });
});

describe("duplicates are told by their path", () => {
  test.each([
    ['{"a":1,"a":2}', '"a"'],
    ['{"spec":{"a\\"}":1,"a\\"}":2}}', '"spec.a\\"}"'],
    ['{"metadata":{"finalizers":[{"b":1},{"b":1,"b":2}]}}', '"metadata.finalizers[1].b"'],
    ['{"metadata":{"labels":{"x":"a","\\u0078":"b"}}}', '"metadata.labels.x"'],
  ])("in %s", async (body, path) => {
    const answer = await (await aCaller()).send("POST", `${TOKENS}?fieldValidation=Strict`, {
      body,
    });
    expect(answer.json.message).toContain(`duplicate field ${path}`);
  });

  test("and the same name in two objects is none", async () => {
    const body =
      '{"metadata":{"annotations":{"a":"{\\"b\\":1,\\"b\\":2}"},"labels":{"a":"a"}},"spec":{}}';
    const answer = await (await aCaller()).send("POST", `${TOKENS}?fieldValidation=Strict`, {
      body,
    });
    expect(answer.status).toBe(201);
  });
});

test("YAML makes the same token as JSON", async () => {
  const caller = await aCaller();
  const body = `
apiVersion: ext.cattle.io/v1
kind: Token
metadata:
  labels: {team: a}
spec:
  description: |-
    two
    lines
  ttl: 7200000 # 2 hours
  enabled: false
`;
  const { status, json } = await caller.send(
    "POST",
    `${TOKENS}?fieldValidation=Strict`,
    yaml(body),
  );
  expect(status).toBe(201);
  expect(json).toMatchObject({
    metadata: { labels: { team: "a" } },
    spec: { description: "two\nlines", ttl: 7_200_000, enabled: false },
  });
  const path = `${TOKENS}/${json.metadata.name}`;
  const put = await caller.send("PUT", path, yaml("spec: {description: put}"));
  expect(put.json.spec).toMatchObject({ description: "put", enabled: false });
});

test("a JSON patch changes a token", async () => {
  const caller = await aCaller();
  const { metadata } = await caller.create({ description: "a" });
  const { status, json } = await caller.send("PATCH", `${TOKENS}/${metadata.name}`, {
    body: [
      { op: "test", path: "/spec/description", value: "a" },
      { op: "replace", path: "/spec/description", value: "b" },
      { op: "add", path: "/metadata/labels/team", value: "x" },
    ],
    headers: { "content-type": "application/json-patch+json" },
  });
  expect([status, json.spec.description, json.metadata.labels.team]).toEqual([200, "b", "x"]);
});
