import { describe, expect, test } from "vitest";
import { aCaller, type Caller } from "../testing/client";

const WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const CAN = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const ALL = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
const PROTOBUF = "application/vnd.kubernetes.protobuf";

async function canI(caller: Caller, verb: string, resource: string, name?: string) {
  const [plural = "", ...group] = resource.split(".");
  const resourceAttributes = { verb, group: group.join("."), resource: plural, name };
  const { status, json } = await caller.send("POST", CAN, {
    body: { spec: { resourceAttributes } },
  });
  expect(status).toBe(201);
  return json.status.allowed;
}

describe("who am I", () => {
  test("is answered with the user, the role as a group, and the token", async () => {
    const caller = await aCaller({ role: "verifier" });
    const { status, json } = await caller.send("POST", WHO, { body: {} });
    expect(status).toBe(201);
    expect(json).toEqual({
      apiVersion: "authentication.k8s.io/v1",
      kind: "SelfSubjectReview",
      metadata: {},
      status: {
        userInfo: {
          username: caller.actor.username,
          uid: caller.actor.userId,
          groups: ["latchkey:verifier"],
          extra: { "ext.cattle.io/token-name": [caller.name] },
        },
      },
    });
  });

  test("may be asked in protobuf, as kubectl 1.32 does", async () => {
    const caller = await aCaller();
    const type = field(1, field(1, "authentication.k8s.io/v1"), field(2, "SelfSubjectReview"));
    const answer = await caller.send("POST", WHO, protobuf(type));
    expect(answer.json.status.userInfo.uid).toBe(caller.actor.userId);
  });
});

describe("may I", () => {
  test.each([
    ["user", "create", "tokens.ext.cattle.io", true],
    ["user", "list", "tokens.ext.cattle.io", true],
    ["user", "*", "tokens.ext.cattle.io", true],
    ["user", "approve", "tokens.ext.cattle.io", false],
    ["user", "create", "tokens.example.com", false],
    ["user", "get", "pods", false],
    ["user", "*", "*.*", false],
    ["user", "create", "tokenreviews.authentication.k8s.io", false],
    ["verifier", "create", "tokenreviews.authentication.k8s.io", true],
    ["admin", "create", "tokenreviews.authentication.k8s.io", true],
    ["user", "create", "selfsubjectreviews.authentication.k8s.io", true],
    ["user", "delete", "selfsubjectreviews.authentication.k8s.io", false],
    ["user", "list", "users.management.cattle.io", false],
    ["verifier", "get", "settings.management.cattle.io", false],
    ["admin", "create", "users.management.cattle.io", true],
    ["admin", "*", "users.management.cattle.io", true],
    ["admin", "watch", "users.management.cattle.io", false],
    ["admin", "patch", "settings.management.cattle.io", true],
    ["admin", "delete", "settings.management.cattle.io", false],
    ["admin", "get", "users.ext.cattle.io", false],
  ] as const)("a %s %s %s: %s", async (role, verb, resource, allowed) => {
    expect(await canI(await aCaller({ role }), verb, resource)).toBe(allowed);
  });

  test("does not tell somebody else's token from a missing one", async () => {
    const [owner, stranger] = [await aCaller(), await aCaller()];
    const ask = async (name: string) => {
      const resourceAttributes = { verb: "get", group: "ext.cattle.io", resource: "tokens", name };
      return (await stranger.send("POST", CAN, { body: { spec: { resourceAttributes } } })).json
        .status;
    };
    expect(await ask(owner.name)).toEqual(await ask("token-bcdfghjklm"));
    expect(await canI(stranger, "get", "tokens.ext.cattle.io", owner.name)).toBe(false);
    expect(await canI(owner, "get", "tokens.ext.cattle.io", owner.name)).toBe(true);
    const admin = await aCaller({ role: "admin" });
    expect(await canI(admin, "delete", "tokens.ext.cattle.io", owner.name)).toBe(true);
  });

  test.each([
    [
      "user",
      ["selfsubjectreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews", "tokens"],
    ],
    [
      "verifier",
      [
        "selfsubjectreviews",
        "tokenreviews",
        "selfsubjectaccessreviews",
        "selfsubjectrulesreviews",
        "tokens",
      ],
    ],
    [
      "admin",
      [
        "selfsubjectreviews",
        "tokenreviews",
        "selfsubjectaccessreviews",
        "selfsubjectrulesreviews",
        "tokens",
        "settings",
        "users",
      ],
    ],
  ] as const)("a %s gets the whole list, and each of it is allowed", async (role, expected) => {
    const caller = await aCaller({ role });
    const { status, json } = await caller.send("POST", ALL, { body: {} });
    expect(status).toBe(201);
    const rules: { verbs: string[]; apiGroups: string[]; resources: string[] }[] =
      json.status.resourceRules;
    expect(rules.flatMap(({ resources }) => resources)).toEqual(expected);
    for (const { verbs, apiGroups, resources } of rules) {
      for (const verb of verbs) {
        expect(await canI(caller, verb, `${resources[0]}.${apiGroups[0]}`)).toBe(true);
      }
    }
  });

  test("may be asked in protobuf, and about a path", async () => {
    const caller = await aCaller();
    const type = field(1, field(1, "authorization.k8s.io/v1"), field(2, "SelfSubjectAccessReview"));
    const attributes = field(1, field(2, "create"), field(3, "ext.cattle.io"), field(5, "tokens"));
    const asked = await caller.send("POST", CAN, protobuf(type, field(2, field(2, attributes))));
    expect(asked.json).toMatchObject({
      spec: { resourceAttributes: { verb: "create", group: "ext.cattle.io", resource: "tokens" } },
      status: { allowed: true },
    });
    const paths = { "/metrics": false, "/version": true, "/apis/ext.cattle.io": true, "/": false };
    for (const [path, allowed] of Object.entries(paths)) {
      const nonResourceAttributes = { path, verb: "get" };
      const answer = await caller.send("POST", CAN, { body: { spec: { nonResourceAttributes } } });
      expect(answer.json.status.allowed).toBe(allowed);
    }
  });
});

function protobuf(...fields: Buffer[]) {
  const body = Buffer.concat([Buffer.from("k8s\0"), ...fields]);
  return { body, headers: { "content-type": PROTOBUF, accept: `${PROTOBUF},application/json` } };
}

function field(number: number, ...content: (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}
