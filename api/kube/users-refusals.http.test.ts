import { beforeAll, describe, expect, test } from "vitest";
import { eventsOf } from "@/domain/testing/situations";
import { aCaller, type Caller, USERS } from "../testing/client";
import { aName, PASSWORD, usersOf } from "../testing/users";

const MISSING = "user-bcdfghjklm";

let admin: Caller;
let aUser: ReturnType<typeof usersOf>["aUser"];
let usernamesIn: ReturnType<typeof usersOf>["usernamesIn"];

beforeAll(async () => {
  admin = await aCaller({ role: "admin" });
  ({ aUser, usernamesIn } = usersOf(admin));
});

describe("400", () => {
  test("answers unknown and duplicate fields as fieldValidation asks", async () => {
    const body = () => ({ username: aName(), rôle: "admin", spec: { role: "admin" } });
    const strict = await admin.send("POST", `${USERS}?fieldValidation=Strict`, { body: body() });
    expect([strict.status, strict.json.message]).toEqual([
      400,
      'strict decoding error: unknown field "rôle", unknown field "spec"',
    ]);
    const warned = await admin.send("POST", USERS, { body: body() });
    expect([warned.status, warned.json.role]).toEqual([201, "user"]);
    expect(warned.headers.get("warning")).toContain('unknown field \\"spec\\"');
    const ignored = await admin.send("POST", `${USERS}?fieldValidation=Ignore`, { body: body() });
    expect([ignored.status, ignored.headers.get("warning")]).toEqual([201, null]);
  });

  test.each([
    ["labelSelector=team%3Da", "labelSelector: users have no labels to select by"],
    ["fieldSelector=username%3Dann", '"username" is not one of metadata.name'],
    ["fieldSelector=role%3Dadmin", '"role" is not one of metadata.name'],
    ["limit=x", "limit must be a whole number"],
    ["watch=maybe", "watch must be true or false"],
  ])("answers a list with %s and says why", async (query, why) => {
    const { status, json } = await admin.send("GET", `${USERS}?${query}`);
    expect([status, json.reason]).toEqual([400, "BadRequest"]);
    expect(json.message).toContain(why);
  });

  test("answers another kind, and a body of another name", async () => {
    const { path } = await aUser();
    const kind = await admin.send("POST", USERS, { body: { apiVersion: "v1", kind: "Token" } });
    expect(kind.json.message).toBe(
      "the body must be management.cattle.io/v3, Kind=User, not v1, Kind=Token",
    );
    const body = { metadata: { name: MISSING } };
    for (const method of ["PUT", "PATCH"]) {
      expect((await admin.send(method, path, { body })).status).toBe(400);
    }
  });
});

describe("403", () => {
  test.each(["user", "verifier"] as const)(
    "answers a %s everywhere alike, about oneself too, and every try to change is audited once",
    async (role) => {
      const stranger = await aCaller({ role });
      const { name } = await aUser();
      const before = await usernamesIn("");
      const own = stranger.actor.userId;
      const requests = [
        ["GET", USERS],
        ["GET", `${USERS}?watch=true`],
        ["POST", USERS],
        ...["GET", "PUT", "PATCH", "DELETE"].flatMap((method) =>
          [name, own, MISSING, "%00"].map((id) => [method, `${USERS}/${id}`]),
        ),
      ] as [string, string][];
      for (const [method, path] of requests) {
        // What would be refused by itself: it is not looked at.
        const sent = method === "GET" ? {} : { body: "{" };
        const { status, json } = await stranger.send(method, path, sent);
        const verb = method === "GET" ? "see" : "manage";
        expect(json).toEqual({
          kind: "Status",
          apiVersion: "v1",
          metadata: {},
          status: "Failure",
          message: `users.management.cattle.io is forbidden: only an administrator can ${verb} users`,
          reason: "Forbidden",
          details: { group: "management.cattle.io", kind: "users" },
          code: 403,
        });
        expect(status).toBe(403);
      }
      const events = (await eventsOf({ actorId: own })).filter(({ action }) =>
        action.startsWith("user."),
      );
      expect(events).toHaveLength(requests.filter(([method]) => method !== "GET").length);
      for (const event of events) expect(event.outcome).toBe("denied");
      expect(await usernamesIn("")).toEqual(before);
    },
  );

  test("answers an administrator who was demoted a moment ago", async () => {
    const other = await aCaller({ role: "admin" });
    expect((await other.send("GET", USERS)).status).toBe(200);
    const path = `${USERS}/${other.actor.userId}`;
    await admin.send("PATCH", path, { body: { role: "user" } });
    expect((await other.send("GET", USERS)).status).toBe(403);
    expect((await other.send("PATCH", path, { body: { role: "admin" } })).status).toBe(403);
  });

  test("answers whoever would take the last enabled administrator away", async () => {
    const others = (await admin.send("GET", USERS)).json.items.filter(
      (user: { role: string; enabled: boolean; metadata: { name: string } }) =>
        user.role === "admin" && user.enabled && user.metadata.name !== admin.actor.userId,
    );
    for (const { metadata } of others) {
      await admin.send("PATCH", `${USERS}/${metadata.name}`, { body: { enabled: false } });
    }
    const path = `${USERS}/${admin.actor.userId}`;
    const refusals = [
      await admin.send("PATCH", path, { body: { role: "user" } }),
      await admin.send("PATCH", path, { body: { enabled: false } }),
      await admin.send("PATCH", `${path}?dryRun=All`, { body: { enabled: false } }),
      await admin.send("DELETE", path),
      await admin.send("DELETE", `${path}?dryRun=All`),
    ];
    for (const { status, json } of refusals) {
      expect(status).toBe(403);
      expect(json.message).toMatch(
        /^users\.management\.cattle\.io "user-\w+" is forbidden: the last enabled administrator /,
      );
    }
    expect((await admin.send("GET", path)).json).toMatchObject({ role: "admin", enabled: true });
  });
});

describe("404", () => {
  test.each(["GET", "PUT", "PATCH", "DELETE"])(
    "answers a %s of no user, and names it",
    async (method) => {
      const sent = method === "GET" ? {} : { body: {} };
      for (const name of [MISSING, "%00", "a".repeat(1_000), "..%2fsettings"]) {
        const { status, json } = await admin.send(method, `${USERS}/${name}`, sent);
        expect([status, json.reason]).toEqual([404, "NotFound"]);
      }
      const { json } = await admin.send(method, `${USERS}/${MISSING}`, sent);
      expect(json).toMatchObject({
        message: `users.management.cattle.io "${MISSING}" not found`,
        details: { name: MISSING, group: "management.cattle.io", kind: "users" },
      });
    },
  );
});

describe("405", () => {
  test("answers a watch, and says so", async () => {
    const { status, json, headers } = await admin.send("GET", `${USERS}?watch=true`);
    expect([status, json.reason]).toEqual([405, "MethodNotAllowed"]);
    expect(json.message).toBe("users cannot be watched: list them again");
    expect(headers.get("allow")).toBe("GET, HEAD");
  });

  test("answers what the addresses do not have", async () => {
    const { path } = await aUser();
    for (const [method, address] of [
      ["DELETE", USERS],
      ["PUT", USERS],
      ["POST", path],
    ] as const) {
      const { status, headers } = await admin.send(method, address, { body: {} });
      expect(status).toBe(405);
      expect(headers.get("allow")).toMatch(/GET/);
    }
  });
});

describe("410", () => {
  test("answers a cursor that is none or of another list", async () => {
    await aUser();
    const { json } = await admin.send("GET", `${USERS}?limit=1`);
    const cursor = encodeURIComponent(json.metadata.continue);
    for (const query of [
      "limit=1&continue=x",
      "limit=1&continue=WyJ1c2VycyJd",
      `limit=1&fieldSelector=metadata.name!%3D${MISSING}&continue=${cursor}`,
    ]) {
      const { status, json: refusal } = await admin.send("GET", `${USERS}?${query}`);
      expect([status, refusal.reason]).toEqual([410, "Expired"]);
    }
  });

  test("answers a version of the future", async () => {
    const { status } = await admin.send("GET", `${USERS}?resourceVersion=999999999`);
    expect(status).toBe(410);
  });
});

describe("422", () => {
  test("has one cause for every bad field, all at once, and never a password", async () => {
    const secret = "hunter2\u0000";
    const body = {
      username: "a b",
      displayName: 7,
      role: "root",
      enabled: "yes",
      password: secret,
    };
    const { status, json, text } = await admin.send("POST", USERS, { body });
    expect(status).toBe(422);
    expect(json.details).toMatchObject({ group: "management.cattle.io", kind: "User" });
    const causes: { field: string }[] = json.details.causes;
    expect(causes.map(({ field }) => field)).toEqual([
      "username",
      "displayName",
      "role",
      "enabled",
      "password",
    ]);
    expect(json.message).toMatch(/^User\.management\.cattle\.io "" is invalid: \[username: /);
    expect(text).not.toContain("hunter2");
  });

  test.each(["", "short", "latchkeylatchkey", "aaaaaaaaaaaaaaaaaaaa", 7, ["a"], {}])(
    "answers the password %j and makes no user",
    async (password) => {
      const username = aName();
      const { status, json } = await admin.send("POST", USERS, { body: { username, password } });
      expect([status, json.details.causes[0].field]).toEqual([422, "password"]);
      expect(await usernamesIn("")).not.toContain(username);
    },
  );

  test("answers a change of the username and of the password, which nobody hears again", async () => {
    const { path, read, created } = await aUser({ password: PASSWORD });
    for (const method of ["PUT", "PATCH"]) {
      const body = { username: aName(), password: "another password of mine" };
      const { status, json, text } = await admin.send(method, path, { body });
      expect(status).toBe(422);
      expect(json.details.causes).toMatchObject([
        { field: "username", message: expect.stringMatching(/: field is immutable$/) },
        { field: "password", reason: "FieldValueForbidden" },
      ]);
      expect(text).not.toContain("another password");
    }
    expect(await read()).toEqual(created);
  });

  test("answers labels and annotations, which users do not have", async () => {
    const { patch } = await aUser();
    for (const field of ["labels", "annotations"]) {
      const { status, json } = await patch({ metadata: { [field]: { team: "a" } } });
      expect(status).toBe(422);
      expect(json.message).toContain(`metadata.${field}: Forbidden: users have no ${field}`);
    }
  });
});
