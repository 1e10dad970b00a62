import { describe, expect, test } from "vitest";
import { anExpiredToken } from "@/domain/testing/situations";
import { aCaller, TOKENS } from "../testing/client";

const MAX_MS = 7_776_000_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe("201", () => {
  test("a created token is the whole resource, with its value and bearer token", async () => {
    const caller = await aCaller();
    const body = {
      apiVersion: "ext.cattle.io/v1",
      kind: "Token",
      metadata: {
        name: "ignored",
        generateName: "ignored-",
        labels: { team: "a" },
        annotations: { "example.com/note": "ü" },
      },
      spec: { description: "deploys", kind: "ci", ttl: 3_600_000 },
      status: { value: "ignored", hash: "ignored" },
    };
    const answer = await caller.send("POST", TOKENS, { body });
    expect(answer.status).toBe(201);
    const { userId, username } = caller.actor;
    expect(answer.json).toEqual({
      apiVersion: "ext.cattle.io/v1",
      kind: "Token",
      metadata: {
        name: expect.stringMatching(/^token-[bcdfghjklmnpqrstvwxz2456789]{10}$/),
        uid: expect.stringMatching(UUID),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: expect.stringMatching(SECOND),
        labels: {
          team: "a",
          "cattle.io/user-id": userId,
          "authn.management.cattle.io/kind": "ci",
        },
        annotations: { "example.com/note": "ü" },
      },
      spec: {
        userID: userId,
        userPrincipal: {
          metadata: { name: `local://${userId}` },
          displayName: username,
          loginName: username,
          principalType: "user",
          provider: "local",
        },
        kind: "ci",
        description: "deploys",
        ttl: 3_600_000,
        enabled: true,
        clusterName: "",
      },
      status: {
        value: expect.stringMatching(/^[bcdfghjklmnpqrstvwxz2456789]{54}$/),
        bearerToken: `ext/${answer.json.metadata.name}:${answer.json.status.value}`,
        current: false,
        expired: false,
        expiresAt: expect.stringMatching(SECOND),
        lastUpdateTime: answer.json.metadata.creationTimestamp,
      },
    });
    const { creationTimestamp } = answer.json.metadata;
    expect(Date.parse(answer.json.status.expiresAt) - Date.parse(creationTimestamp)).toBe(
      3_600_000,
    );
    const bearer = answer.json.status.bearerToken;
    expect((await caller.send("GET", TOKENS, { bearer })).status).toBe(200);
  });

  test("the value is in no later answer", async () => {
    const caller = await aCaller();
    const created = await caller.create();
    const path = `${TOKENS}/${created.metadata.name}`;
    const answers = [
      await caller.send("GET", path),
      await caller.send("GET", TOKENS),
      await caller.send("PUT", path, { body: { ...created, spec: { description: "b" } } }),
      await caller.send("PATCH", path, { body: { spec: { description: "c" } } }),
      await caller.send("PATCH", path, { body: { status: { value: "mine", hash: "mine" } } }),
      await caller.send("PUT", path, { body: { ttl: 1 } }),
      await caller.send("POST", `${TOKENS}?dryRun=All`, { body: {} }),
      await caller.send("DELETE", path),
    ];
    for (const { status, text } of answers) {
      expect(status).toBeLessThan(300);
      expect(text).not.toContain(created.status.value);
      expect(text).not.toMatch(/bearerToken|"value"|"hash"|sha256/);
    }
  });

  test("an empty object is enough", async () => {
    const answer = await (await aCaller()).send("POST", TOKENS, { body: {} });
    expect(answer.status).toBe(201);
    expect(answer.json.spec).toMatchObject({ ttl: MAX_MS, kind: "", description: "" });
  });

  test("nothing may keep the answer", async () => {
    const answer = await (await aCaller()).send("POST", TOKENS, { body: {} });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("a dry run has no value and no token", async () => {
    const caller = await aCaller();
    const answer = await caller.send("POST", `${TOKENS}?dryRun=All`, { body: {} });
    expect(answer.status).toBe(201);
    expect(answer.json.status).not.toHaveProperty("value");
    expect(answer.json.status).not.toHaveProperty("bearerToken");
    const list = await caller.send("GET", TOKENS);
    expect(list.json.items).toHaveLength(1);
  });
});

describe("200", () => {
  test("a list is of the own tokens by name, an admin's of everybody's", async () => {
    const [caller, other] = [await aCaller(), await aCaller()];
    const [first, second] = [await caller.create(), await caller.create({ kind: "session" })];
    const names = [caller.name, first.metadata.name, second.metadata.name].sort();
    const list = await caller.send("GET", TOKENS);
    expect(list.json).toMatchObject({
      apiVersion: "ext.cattle.io/v1",
      kind: "TokenList",
      metadata: {},
    });
    const namesIn = (answer: typeof list) =>
      answer.json.items.map((item: { metadata: { name: string } }) => item.metadata.name);
    expect(namesIn(list)).toEqual(names);
    const admin = await aCaller({ role: "admin" });
    const all = namesIn(await admin.send("GET", TOKENS));
    expect(all).toEqual(expect.arrayContaining([...names, other.name]));
    expect(all).toEqual([...all].sort());
  });

  test("a limited list goes on where it stopped", async () => {
    const caller = await aCaller();
    for (let at = 0; at < 4; at += 1) await caller.create();
    const names: string[] = [];
    let query = "?limit=2";
    for (let page = 0; page < 3; page += 1) {
      const { json } = await caller.send("GET", `${TOKENS}${query}`);
      names.push(...json.items.map((item: { metadata: { name: string } }) => item.metadata.name));
      query = `?limit=2&continue=${encodeURIComponent(json.metadata.continue)}`;
      if (page === 2) expect(json.metadata).not.toHaveProperty("continue");
      else expect(json.items).toHaveLength(2);
    }
    expect(names).toHaveLength(5);
    expect(names).toEqual([...new Set(names)].sort());
  });

  test("the token of the request is current, the others are not", async () => {
    const caller = await aCaller();
    await caller.create();
    const { json } = await caller.send("GET", TOKENS);
    const current = json.items.filter(
      (item: { status: { current: boolean } }) => item.status.current,
    );
    expect(current).toMatchObject([{ metadata: { name: caller.name } }]);
  });

  test("a session tells its last activity, an expired token that it is", async () => {
    const caller = await aCaller();
    const { name } = await anExpiredToken(caller.actor, "session");
    const { json } = await caller.send("GET", `${TOKENS}/${name}`);
    expect(json.status).toMatchObject({
      expired: true,
      lastActivitySeen: expect.stringMatching(SECOND),
    });
  });

  test("a PUT sets labels and annotations, and keeps what is absent of spec", async () => {
    const caller = await aCaller();
    const body = {
      metadata: { labels: { a: "b" }, annotations: { c: "d" } },
      spec: { ttl: 5_000 },
    };
    const { json: created } = await caller.send("POST", TOKENS, { body });
    const path = `${TOKENS}/${created.metadata.name}`;
    await caller.send("PATCH", path, { body: { spec: { enabled: false } } });
    const put = { metadata: { name: created.metadata.name }, spec: { description: "b" } };
    const { status, json } = await caller.send("PUT", path, { body: put });
    expect(status).toBe(200);
    expect(json.spec).toEqual({ ...created.spec, description: "b", enabled: false });
    expect(json.metadata.labels).not.toHaveProperty("a");
    expect(json.metadata).not.toHaveProperty("annotations");
    expect(Number(json.metadata.resourceVersion)).toBeGreaterThan(
      Number(created.metadata.resourceVersion),
    );
  });

  test("what was read may be put back unchanged", async () => {
    const caller = await aCaller();
    const { metadata } = await caller.create({ kind: "ci" });
    const path = `${TOKENS}/${metadata.name}`;
    const read = await caller.send("GET", path);
    const put = await caller.send("PUT", path, { body: read.json });
    expect(put.status).toBe(200);
    expect(put.json).toEqual(read.json);
    expect(put.headers.get("warning")).toBeNull();
  });

  test("the labels of the server can be neither changed nor removed", async () => {
    const caller = await aCaller();
    const { metadata } = await caller.create();
    const path = `${TOKENS}/${metadata.name}`;
    const labels = { "cattle.io/user-id": null, "authn.management.cattle.io/kind": "x", own: "1" };
    const { json } = await caller.send("PATCH", path, { body: { metadata: { labels } } });
    expect(json.metadata.labels).toEqual({ ...metadata.labels, own: "1" });
  });

  test("a deletion says what was deleted, and the token is gone", async () => {
    const caller = await aCaller();
    const { metadata, status: made } = await caller.create();
    const path = `${TOKENS}/${metadata.name}`;
    const dry = await caller.send("DELETE", `${path}?dryRun=All`);
    expect(dry.status).toBe(200);
    expect((await caller.send("DELETE", path, { body: { dryRun: ["All"] } })).status).toBe(200);
    expect((await caller.send("GET", path)).status).toBe(200);
    const { uid, resourceVersion } = metadata;
    const options = { kind: "DeleteOptions", preconditions: { uid, resourceVersion } };
    const { status, json } = await caller.send("DELETE", path, { body: options });
    expect(status).toBe(200);
    expect(json).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name: metadata.name, group: "ext.cattle.io", kind: "tokens", uid },
    });
    expect((await caller.send("GET", path)).status).toBe(404);
    const refused = await caller.send("GET", TOKENS, { bearer: made.bearerToken });
    expect(refused.status).toBe(401);
  });

  test("the token of the request may delete itself and works no longer", async () => {
    const caller = await aCaller();
    expect((await caller.send("DELETE", `${TOKENS}/${caller.name}`)).status).toBe(200);
    expect((await caller.send("GET", TOKENS)).status).toBe(401);
  });
});
