import { beforeAll, describe, expect, test } from "vitest";
import { eventsOf } from "@/domain/testing/situations";
import { aCaller, type Caller, TOKENS, USERS } from "../testing/client";
import { aName, PASSWORD, signIn, usersOf } from "../testing/users";

const ID = /^user-[bcdfghjklmnpqrstvwxz2456789]{10}$/;
const MISSING = "user-bcdfghjklm";
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

let admin: Caller;
let aUser: ReturnType<typeof usersOf>["aUser"];
let usernamesIn: ReturnType<typeof usersOf>["usernamesIn"];

beforeAll(async () => {
  admin = await aCaller({ role: "admin" });
  ({ aUser, usernamesIn } = usersOf(admin));
});

describe("201", () => {
  test("a user is created with the defaults and a generated id, and the change is audited", async () => {
    const username = aName();
    const body = {
      apiVersion: "management.cattle.io/v3",
      kind: "User",
      metadata: { name: "ann", generateName: "a-" },
      username,
    };
    const { status, json, headers } = await admin.send("POST", USERS, { body });
    expect(status).toBe(201);
    expect(headers.get("warning")).toBeNull();
    expect(json).toEqual({
      apiVersion: "management.cattle.io/v3",
      kind: "User",
      metadata: {
        name: expect.stringMatching(ID),
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^[1-9]\d*$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      username,
      displayName: "",
      role: "user",
      enabled: true,
      status: { hasPassword: false, roleFromGroup: false },
    });
    expect((await admin.send("GET", `${USERS}/${json.metadata.name}`)).json).toEqual(json);
    expect(await eventsOf({ objectName: json.metadata.name })).toMatchObject([
      { action: "user.create", actorId: admin.actor.userId, actorToken: admin.name },
    ]);
  });

  test("a user signs in with the password that was sent, which is returned nowhere", async () => {
    const fields = { displayName: "Ann Smith", role: "verifier", password: PASSWORD };
    const { created, name, path } = await aUser(fields);
    expect(created).toMatchObject({
      displayName: "Ann Smith",
      role: "verifier",
      status: { hasPassword: true },
    });
    expect((await signIn(created.username, PASSWORD)).status).toBe(201);
    const list = await admin.send("GET", USERS);
    const texts = [JSON.stringify(created), (await admin.send("GET", path)).text, list.text];
    texts.push(JSON.stringify(await eventsOf({ objectName: name })));
    for (const text of texts) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toMatch(/argon2|"password"/);
    }
  });

  test("without a password nobody signs in as the user", async () => {
    for (const password of [undefined, null]) {
      const { created } = await aUser({ password });
      expect(created.status.hasPassword).toBe(false);
      expect((await signIn(created.username, "")).status).toBe(422);
      expect((await signIn(created.username, PASSWORD)).status).toBe(401);
    }
  });

  test("YAML is read as JSON is", async () => {
    const username = aName();
    const headers = { "content-type": "application/yaml" };
    const body = `username: ${username}\nenabled: false\nrole: admin\n`;
    const { json } = await admin.send("POST", USERS, { body, headers });
    expect(json).toMatchObject({ username, enabled: false, role: "admin" });
  });

  test("a dry run makes every check, shows the user and stores nothing", async () => {
    const username = aName();
    const dry = `${USERS}?dryRun=All`;
    const body = { username, password: PASSWORD };
    const { status, json } = await admin.send("POST", dry, { body });
    expect(status).toBe(201);
    expect(json).toMatchObject({ username, status: { hasPassword: true } });
    expect(await usernamesIn("")).not.toContain(username);
    expect((await admin.send("POST", USERS, { body })).status).toBe(201);
    const taken = await admin.send("POST", dry, { body: { username: username.toUpperCase() } });
    expect([taken.status, taken.json.reason]).toEqual([409, "AlreadyExists"]);
    const short = await admin.send("POST", dry, { body: { username: aName(), password: "short" } });
    expect(short.status).toBe(422);
  });

  test("the annotation that kubectl saves what it sent in is dropped", async () => {
    const saved = "kubectl.kubernetes.io/last-applied-configuration";
    const metadata = { annotations: { [saved]: JSON.stringify({ password: PASSWORD }) } };
    const { created, read } = await aUser({ metadata });
    expect(JSON.stringify([created, await read()])).not.toContain(PASSWORD);
  });
});

describe("200", () => {
  test("a list has every user once, by username, however it is cut into pages", async () => {
    const made = [await aUser(), await aUser(), await aUser()];
    const all = await usernamesIn("");
    expect(all).toEqual(expect.arrayContaining(made.map(({ created }) => created.username)));
    expect(all).toEqual([...all].sort());
    const seen: string[] = [];
    let query = "limit=2";
    for (;;) {
      const { json } = await admin.send("GET", `${USERS}?${query}`);
      expect(json).toMatchObject({ kind: "UserList", apiVersion: "management.cattle.io/v3" });
      expect(json.metadata.resourceVersion).toMatch(/^[1-9]\d*$/);
      expect(json.items.length).toBeLessThanOrEqual(2);
      seen.push(...json.items.map((user: { username: string }) => user.username));
      if (json.metadata.continue === undefined) break;
      query = `limit=2&continue=${encodeURIComponent(json.metadata.continue)}`;
    }
    expect(seen).toEqual(all);
  });

  test("a field selector finds and leaves out by name", async () => {
    const [one, other] = [await aUser(), await aUser()];
    const select = (selector: string) =>
      usernamesIn(`fieldSelector=${encodeURIComponent(selector)}`);
    const { username } = one.created;
    expect(await select(`metadata.name=${one.name}`)).toEqual([username]);
    expect(await select(`metadata.name==${one.name},metadata.name!=${other.name}`)).toEqual([
      username,
    ]);
    for (const none of [MISSING, "\u0000", `${one.name},metadata.name=${other.name}`]) {
      expect(await select(`metadata.name=${none}`)).toEqual([]);
    }
    const rest = await select(`metadata.name!=${one.name}`);
    expect(rest).toContain(other.created.username);
    expect(rest).not.toContain(username);
  });

  test("a table tells name, username, role, state and age, and the display name when it is wide", async () => {
    const { path, created } = await aUser({ displayName: "Ann", enabled: false, role: "admin" });
    const { json } = await admin.send("GET", path, { headers: { accept: TABLE } });
    const columns = json.columnDefinitions.map(
      ({ name, priority }: { name: string; priority: number }) => `${name} ${priority}`,
    );
    expect(columns).toEqual([
      "Name 0",
      "Username 0",
      "Role 0",
      "State 0",
      "Age 0",
      "Display name 1",
    ]);
    expect(json.rows[0].cells).toEqual([
      created.metadata.name,
      created.username,
      "admin",
      "disabled",
      expect.stringMatching(/^\d+s$/),
      "Ann",
    ]);
    expect(json.rows[0].object).toEqual({
      kind: "PartialObjectMetadata",
      apiVersion: "meta.k8s.io/v1",
      metadata: created.metadata,
    });
    const list = await admin.send("GET", `${USERS}?includeObject=None`, {
      headers: { accept: TABLE },
    });
    expect(list.json.rows.map(({ cells }: { cells: string[] }) => cells[1])).toContain(
      created.username,
    );
  });

  test("a merge patch changes what it names, with its event, and keeps the rest", async () => {
    const { created, name, patch, read } = await aUser({ displayName: "Ann" });
    const { status, json } = await patch({ role: "verifier" });
    expect(status).toBe(200);
    const { resourceVersion } = json.metadata;
    expect(Number(resourceVersion)).toBeGreaterThan(Number(created.metadata.resourceVersion));
    expect(json).toEqual({
      ...created,
      metadata: { ...created.metadata, resourceVersion },
      role: "verifier",
    });
    expect(await read()).toEqual(json);
    const [event] = await eventsOf({ objectName: name });
    expect(event).toMatchObject({
      action: "user.update",
      actorId: admin.actor.userId,
      before: { role: "user" },
      after: { role: "verifier" },
    });
    const kept = await patch({ displayName: null, role: null, enabled: null });
    expect(kept.json).toEqual(json);
    expect((await patch({ displayName: "" })).json.displayName).toBe("");
  });

  test("a JSON patch tests and replaces", async () => {
    const { path, created } = await aUser();
    const headers = { "content-type": "application/json-patch+json" };
    const body = [
      { op: "test", path: "/username", value: created.username },
      { op: "replace", path: "/displayName", value: "Bob" },
    ];
    const { status, json } = await admin.send("PATCH", path, { body, headers });
    expect([status, json.displayName]).toEqual([200, "Bob"]);
  });

  test("what was read may be put back, and a PUT keeps what it leaves out", async () => {
    const { created, path } = await aUser({ displayName: "Ann", role: "verifier" });
    const put = await admin.send("PUT", path, { body: created });
    expect([put.status, put.json]).toEqual([200, created]);
    expect(put.headers.get("warning")).toBeNull();
    const { json } = await admin.send("PUT", path, { body: { displayName: "Bob" } });
    expect(json).toMatchObject({ displayName: "Bob", role: "verifier", enabled: true });
  });

  test("disabling stops the user's tokens at once, enabling brings them back", async () => {
    const user = await aCaller();
    const path = `${USERS}/${user.actor.userId}`;
    const switched = (enabled: boolean) => admin.send("PATCH", path, { body: { enabled } });
    expect((await switched(false)).json.enabled).toBe(false);
    expect((await user.send("GET", TOKENS)).status).toBe(401);
    expect((await switched(true)).json.enabled).toBe(true);
    expect((await user.send("GET", TOKENS)).status).toBe(200);
    expect((await eventsOf({ objectName: user.actor.userId })).map(({ action }) => action)).toEqual(
      ["user.enable", "user.disable"],
    );
  });

  test("a dry run of a change or a deletion shows its outcome and stores nothing", async () => {
    const { created, path, patch, read } = await aUser();
    expect((await patch({ enabled: false }, "?dryRun=All")).json.enabled).toBe(false);
    expect((await admin.send("DELETE", `${path}?dryRun=All`)).status).toBe(200);
    expect((await admin.send("DELETE", path, { body: { dryRun: ["All"] } })).status).toBe(200);
    expect(await read()).toEqual(created);
  });

  test("a deletion says what was deleted, and the user and all tokens are gone", async () => {
    const user = await aCaller();
    const path = `${USERS}/${user.actor.userId}`;
    const { uid, resourceVersion } = (await admin.send("GET", path)).json.metadata;
    const body = { kind: "DeleteOptions", preconditions: { uid, resourceVersion } };
    const { status, json } = await admin.send("DELETE", path, { body });
    expect(status).toBe(200);
    expect(json).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name: user.actor.userId, group: "management.cattle.io", kind: "users", uid },
    });
    expect((await admin.send("GET", path)).status).toBe(404);
    expect((await admin.send("GET", `${TOKENS}/${user.name}`)).status).toBe(404);
    expect((await user.send("GET", TOKENS)).status).toBe(401);
  });
});
