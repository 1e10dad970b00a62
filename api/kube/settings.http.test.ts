import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { SETTINGS as DEFINITIONS } from "@/domain/settings/definitions";
import { eventsOf } from "@/domain/testing/situations";
import { aCaller, type Caller, SETTINGS, TOKENS } from "../testing/client";

const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
const MAX_TTL = `${SETTINGS}/auth-token-max-ttl-minutes`;
const RETENTION = `${SETTINGS}/token-retention-days`;
const NAMES = Object.keys(DEFINITIONS).sort();

let admin: Caller;

beforeAll(async () => {
  admin = await aCaller({ role: "admin" });
});
afterEach(async () => {
  for (const path of [MAX_TTL, RETENTION]) await patch(path, { value: "" });
});

const patch = (path: string, body: unknown) => admin.send("PATCH", path, { body });
const namesIn = async (query: string) =>
  (await admin.send("GET", `${SETTINGS}?${query}`)).json.items.map(
    (item: { metadata: { name: string } }) => item.metadata.name,
  );

describe("200", () => {
  test("a setting that nobody has changed has its default and the version 0", async () => {
    const { status, json } = await admin.send("GET", `${SETTINGS}/password-min-length`);
    expect(status).toBe(200);
    expect(json).toEqual({
      apiVersion: "management.cattle.io/v3",
      kind: "Setting",
      metadata: { name: "password-min-length", resourceVersion: "0", creationTimestamp: null },
      value: "15",
      default: "15",
    });
  });

  test("a list has every setting by name, whole or in pages", async () => {
    expect(await namesIn("")).toEqual(NAMES);
    const seen: string[] = [];
    let query = "limit=3";
    for (;;) {
      const { json } = await admin.send("GET", `${SETTINGS}?${query}`);
      expect(json).toMatchObject({ kind: "SettingList", apiVersion: "management.cattle.io/v3" });
      seen.push(...json.items.map((item: { metadata: { name: string } }) => item.metadata.name));
      if (json.metadata.continue === undefined) break;
      query = `limit=3&continue=${encodeURIComponent(json.metadata.continue)}`;
    }
    expect(seen).toEqual(NAMES);
  });

  test("a field selector finds and leaves out by name", async () => {
    const name = "token-retention-days";
    expect(await namesIn(`fieldSelector=metadata.name%3D${name}`)).toEqual([name]);
    expect(await namesIn("fieldSelector=metadata.name%3Dnothing")).toEqual([]);
    expect(await namesIn(`fieldSelector=metadata.name!%3D${name}`)).toEqual(
      NAMES.filter((other) => other !== name),
    );
  });

  test("a table tells value and default, and what it means when it is wide", async () => {
    const headers = { accept: TABLE };
    const never = await admin.send("GET", MAX_TTL, { headers });
    const columns = never.json.columnDefinitions.map(
      ({ name, priority }: { name: string; priority: number }) => `${name} ${priority}`,
    );
    expect(columns).toEqual(["Name 0", "Value 0", "Default 0", "Changed 0", "Meaning 1"]);
    await patch(MAX_TTL, { value: "90" });
    const { json } = await admin.send("GET", MAX_TTL, { headers });
    expect(json.rows[0].cells).toEqual([
      "auth-token-max-ttl-minutes",
      "90",
      "129600",
      expect.stringMatching(/^\d+s$/),
      DEFINITIONS["auth-token-max-ttl-minutes"].meaning,
    ]);
  });

  test("a merge patch of the value is in force at once, and audited", async () => {
    const { status, json } = await patch(MAX_TTL, { value: "90" });
    expect([status, json.value, json.default]).toEqual([200, "90", "129600"]);
    expect(json.metadata.resourceVersion).toMatch(/^[1-9]\d*$/);
    const { spec } = await admin.create();
    expect(spec.ttl).toBe(90 * 60_000);
    const [event] = await eventsOf({ objectName: "auth-token-max-ttl-minutes" });
    expect(event).toMatchObject({
      action: "setting.update",
      actorId: admin.actor.userId,
      actorToken: admin.name,
      before: { value: "129600" },
      after: { value: "90" },
    });
  });

  test("an empty value puts the default back", async () => {
    await patch(RETENTION, { value: "7" });
    expect((await patch(RETENTION, { value: "" })).json.value).toBe("30");
  });

  test("a JSON patch, a PUT of what was read and YAML change it too", async () => {
    const read = (await admin.send("GET", RETENTION)).json;
    const put = await admin.send("PUT", RETENTION, { body: { ...read, value: "31" } });
    expect([put.status, put.json.value]).toEqual([200, "31"]);
    const body = [{ op: "replace", path: "/value", value: "32" }];
    const headers = { "content-type": "application/json-patch+json" };
    expect((await admin.send("PATCH", RETENTION, { body, headers })).json.value).toBe("32");
    const yaml = { body: 'value: "33"\n', headers: { "content-type": "application/yaml" } };
    expect((await admin.send("PUT", RETENTION, yaml)).json.value).toBe("33");
    expect((await admin.send("PUT", RETENTION, { body: {} })).json.value).toBe("33");
  });

  test("kubectl's own annotation is dropped, so that apply works", async () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}" };
    const { status, json } = await patch(RETENTION, { metadata: { annotations }, value: "34" });
    expect([status, json.value]).toEqual([200, "34"]);
    expect(json.metadata).not.toHaveProperty("annotations");
  });

  test("a dry run shows the outcome and stores nothing", async () => {
    const before = await admin.send("GET", RETENTION);
    const body = { value: "9" };
    const { json } = await admin.send("PATCH", `${RETENTION}?dryRun=All`, { body });
    expect(json.value).toBe("9");
    expect((await admin.send("GET", RETENTION)).json).toEqual(before.json);
  });
});

describe("400", () => {
  test("answers an unknown field, another kind and another name", async () => {
    const strict = await admin.send("PATCH", `${RETENTION}?fieldValidation=Strict`, {
      body: { values: "9" },
    });
    expect(strict.json.message).toBe('strict decoding error: unknown field "values"');
    for (const body of [{ kind: "User" }, { metadata: { name: "local-sign-in" } }]) {
      expect((await patch(RETENTION, body)).status).toBe(400);
    }
  });

  test.each([
    ["labelSelector=a", "labelSelector: settings have no labels to select by"],
    ["fieldSelector=value%3D1", '"value" is not one of metadata.name'],
  ])("answers a list with %s and says why", async (query, why) => {
    const { status, json } = await admin.send("GET", `${SETTINGS}?${query}`);
    expect(status).toBe(400);
    expect(json.message).toContain(why);
  });
});

describe("403", () => {
  test.each(["user", "verifier"] as const)(
    "answers a %s everywhere, and every try to change is audited once",
    async (role) => {
      const stranger = await aCaller({ role });
      for (const path of [SETTINGS, RETENTION, `${SETTINGS}/nothing`, `${SETTINGS}/%00`]) {
        const { status, json } = await stranger.send("GET", path);
        expect(status).toBe(403);
        expect(json.message).toMatch(
          /^settings\.management\.cattle\.io( ".*")? is forbidden: only an administrator can see settings$/,
        );
      }
      const changes = [RETENTION, `${SETTINGS}/nothing`, `${SETTINGS}/%00`];
      for (const path of changes) {
        for (const method of ["PUT", "PATCH"]) {
          const { status, json } = await stranger.send(method, path, { body: "{" });
          expect([status, json.details.kind]).toEqual([403, "settings"]);
        }
      }
      const events = (await eventsOf({ actorId: stranger.actor.userId })).filter(({ action }) =>
        action.startsWith("setting."),
      );
      expect(events.map(({ outcome, action }) => `${outcome} ${action}`)).toEqual(
        Array(6).fill("denied setting.update"),
      );
      expect(new Set(events.map(({ objectName }) => objectName))).toEqual(
        new Set(["token-retention-days", ""]),
      );
      expect((await admin.send("GET", RETENTION)).json.value).toBe("30");
    },
  );
});

describe("404", () => {
  test.each(["GET", "PUT", "PATCH"])("answers a %s of no setting, and names it", async (method) => {
    const sent = method === "GET" ? {} : { body: { value: "1" } };
    for (const name of ["nothing", "__proto__", "constructor", "%00"]) {
      const { status } = await admin.send(method, `${SETTINGS}/${name}`, sent);
      expect(status).toBe(404);
    }
    const { json } = await admin.send(method, `${SETTINGS}/nothing`, sent);
    expect(json).toMatchObject({
      message: 'settings.management.cattle.io "nothing" not found',
      details: { name: "nothing", group: "management.cattle.io", kind: "settings" },
    });
  });
});

describe("405", () => {
  test("answers a creation, a deletion and a watch", async () => {
    for (const [method, path] of [
      ["POST", SETTINGS],
      ["DELETE", SETTINGS],
      ["DELETE", RETENTION],
      ["POST", RETENTION],
      ["GET", `${SETTINGS}?watch=true`],
    ] as const) {
      const { status, json } = await admin.send(method, path);
      expect([status, json.reason]).toEqual([405, "MethodNotAllowed"]);
    }
  });
});

describe("409", () => {
  test("answers all but one of many patches of one version, the first one too", async () => {
    const path = `${SETTINGS}/audit-retention-days`;
    for (let round = 0; round < 3; round += 1) {
      const { resourceVersion } = (await admin.send("GET", path)).json.metadata;
      const answers = await Promise.all(
        [1, 2, 3, 4].map((at) =>
          patch(path, { metadata: { resourceVersion }, value: String(500 + 10 * round + at) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      const refusal = answers.find(({ status }) => status === 409)?.json;
      expect(refusal.message).toMatch(
        /^Operation cannot be fulfilled on settings\.management\.cattle\.io "audit-retention-days": /,
      );
    }
  });
});

describe("410", () => {
  test("answers a cursor of another list", async () => {
    for (const cursor of ["x", "WyJzZXR0aW5ncyIsImEiXQ"]) {
      const { status } = await admin.send("GET", `${SETTINGS}?limit=1&continue=${cursor}`);
      expect(status).toBe(410);
    }
  });
});

describe("422", () => {
  test.each([
    ["auth-token-max-ttl-minutes", "x"],
    ["auth-token-max-ttl-minutes", "1.5"],
    ["auth-token-max-ttl-minutes", "1e3"],
    ["auth-token-max-ttl-minutes", "99999999999"],
    ["auth-user-session-ttl-minutes", "0"],
    ["password-min-length", "7"],
    ["token-retention-days", "-1"],
    ["tokens-may-create-tokens", "yes"],
    ["local-sign-in", "false"],
    ["auth-user-session-idle-ttl-minutes", "961"],
    ["token-retention-days", 90],
    ["token-retention-days", true],
    ["token-retention-days", ["90"]],
    ["token-retention-days", "9".repeat(65)],
  ])("answers %s with the value %j, and nothing changes", async (name, value) => {
    const before = await admin.send("GET", `${SETTINGS}/${name}`);
    const { status, json } = await patch(`${SETTINGS}/${name}`, { value });
    expect(status).toBe(422);
    expect(json.details).toMatchObject({ name, kind: "Setting", causes: [{ field: "value" }] });
    expect((await admin.send("GET", `${SETTINGS}/${name}`)).json).toEqual(before.json);
  });

  test("says what a value may be", async () => {
    const { json } = await patch(RETENTION, { value: "0" });
    expect(json.message).toBe(
      'Setting.management.cattle.io "token-retention-days" is invalid: value: Invalid value: "0": must be a whole number of days from 1 to 3650',
    );
  });

  test("answers a change of the default, and labels", async () => {
    const { json } = await patch(RETENTION, { default: "31" });
    expect(json.details.causes).toMatchObject([{ field: "default" }]);
    const labelled = await patch(RETENTION, { metadata: { labels: { a: "b" } } });
    expect(labelled.json.message).toContain("settings have no labels");
  });
});

test("a setting changed by a program does not reach the tokens that exist", async () => {
  const { metadata, spec } = await admin.create();
  await patch(MAX_TTL, { value: "1" });
  expect((await admin.send("GET", `${TOKENS}/${metadata.name}`)).json.spec).toEqual(spec);
});
