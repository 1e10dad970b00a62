import { expect, test } from "vitest";
import { disableUser } from "@/domain/testing/situations";
import { aCaller, type Caller, TOKENS } from "../testing/client";
import { watching } from "../testing/watching";

const versionOf = async (caller: Caller, query = "") =>
  (await caller.send("GET", `${TOKENS}?${query}`)).json.metadata.resourceVersion as string;

const patch = (caller: Caller, name: string, body: unknown) =>
  caller.send("PATCH", `${TOKENS}/${name}`, { body });

test("a watch from a list's version tells each later change once, in order, with its version", async () => {
  const caller = await aCaller();
  const watch = await watching(caller.bearer, `resourceVersion=${await versionOf(caller)}`);
  const { metadata } = await caller.create({ description: "a" });
  const patched = await patch(caller, metadata.name, { spec: { description: "b" } });
  await caller.send("DELETE", `${TOKENS}/${metadata.name}`);
  const [added, modified, deleted] = [await watch.next(), await watch.next(), await watch.next()];
  expect(added).toMatchObject({ type: "ADDED", object: { metadata, spec: { description: "a" } } });
  expect(modified).toEqual({ type: "MODIFIED", object: patched.json });
  expect(deleted).toMatchObject({ type: "DELETED", object: { spec: { description: "b" } } });
  const versions = [added, modified, deleted].map((event) =>
    Number(event?.object.metadata.resourceVersion),
  );
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(new Set(versions).size).toBe(3);
  await watch.close();
});

test("no event has the value or the hash of a token", async () => {
  const caller = await aCaller();
  const watch = await watching(caller.bearer, `resourceVersion=${await versionOf(caller)}`);
  const { status } = await caller.create();
  const text = JSON.stringify(await watch.next());
  expect(text).not.toContain(status.value);
  expect(text).not.toMatch(/hash|sha256|bearerToken/);
  await watch.close();
});

test.each(["", "resourceVersion=0"])(
  "a watch of %j tells the present state first",
  async (query) => {
    const caller = await aCaller();
    const made = await caller.create();
    const watch = await watching(caller.bearer, query);
    const state = await watch.told(2);
    expect(state.sort()).toEqual([`ADDED ${made.metadata.name}`, `ADDED ${caller.name}`].sort());
    const later = await caller.create();
    expect(await watch.told(1)).toEqual([`ADDED ${later.metadata.name}`]);
    await watch.close();
  },
);

test("a watch resumed from any of its events goes on after it", async () => {
  const caller = await aCaller();
  const watch = await watching(caller.bearer, `resourceVersion=${await versionOf(caller)}`);
  const made = [await caller.create(), await caller.create(), await caller.create()];
  const first = await watch.next();
  await watch.close();
  const again = await watching(
    caller.bearer,
    `resourceVersion=${first?.object.metadata.resourceVersion}`,
  );
  expect(await again.told(2)).toEqual(made.slice(1).map((token) => `ADDED ${token.metadata.name}`));
  await again.close();
});

test("what begins to match a selector is ADDED, what stops is DELETED", async () => {
  const caller = await aCaller();
  const from = `resourceVersion=${await versionOf(caller)}`;
  const byLabel = await watching(caller.bearer, `${from}&labelSelector=team%3Da`);
  const byField = await watching(caller.bearer, `${from}&fieldSelector=spec.enabled%3Dfalse`);
  const { metadata } = await caller.create();
  for (const team of ["b", "a", "a", "b", "a"]) {
    const body = { metadata: { labels: { team, n: String(Math.random()) } } };
    await patch(caller, metadata.name, body);
  }
  for (const enabled of [false, true]) await patch(caller, metadata.name, { spec: { enabled } });
  await caller.send("DELETE", `${TOKENS}/${metadata.name}`);
  const types = async (watch: typeof byLabel, count: number) =>
    (await watch.told(count)).map((told) => told.split(" ")[0]);
  expect(await types(byLabel, 7)).toEqual([
    "ADDED",
    "MODIFIED",
    "DELETED",
    "ADDED",
    "MODIFIED",
    "MODIFIED",
    "DELETED",
  ]);
  expect(await types(byField, 2)).toEqual(["ADDED", "DELETED"]);
  await Promise.all([byLabel.close(), byField.close()]);
});

test("an owner is told of own tokens alone, an admin of everybody's", async () => {
  const [caller, other, admin] = [
    await aCaller(),
    await aCaller(),
    await aCaller({ role: "admin" }),
  ];
  const from = `resourceVersion=${await versionOf(caller)}`;
  const own = await watching(caller.bearer, from);
  const alls = await watching(admin.bearer, from);
  const strangers = await watching(
    caller.bearer,
    `${from}&labelSelector=cattle.io/user-id%3D${other.actor.userId}&timeoutSeconds=1`,
  );
  const theirs = `ADDED ${(await other.create()).metadata.name}`;
  const mine = `ADDED ${(await caller.create()).metadata.name}`;
  expect(await own.told(1)).toEqual([mine]);
  expect(await alls.told(2)).toEqual([theirs, mine]);
  expect(await strangers.rest()).toEqual([]);
  await Promise.all([own.close(), alls.close()]);
});

test("fieldSelector metadata.name watches one token", async () => {
  const caller = await aCaller();
  const one = await caller.create();
  const watch = await watching(caller.bearer, `fieldSelector=metadata.name%3D${one.metadata.name}`);
  await caller.create();
  await patch(caller, one.metadata.name, { spec: { description: "it" } });
  const { name } = one.metadata;
  expect(await watch.told(2)).toEqual([`ADDED ${name}`, `MODIFIED ${name}`]);
  await watch.close();
});

test("a watch ends after timeoutSeconds with a bookmark of everything that was told", async () => {
  const caller = await aCaller();
  const from = await versionOf(caller);
  const watch = await watching(
    caller.bearer,
    `resourceVersion=${from}&allowWatchBookmarks=true&timeoutSeconds=1`,
  );
  const { metadata } = await caller.create();
  await patch(await aCaller(), "nothing", {});
  const events = await watch.rest();
  expect(events.map((event) => event.type)).toEqual(["ADDED", "BOOKMARK"]);
  const bookmark = events[1]?.object;
  expect(bookmark).toMatchObject({ kind: "Token", apiVersion: "ext.cattle.io/v1" });
  expect(Number(bookmark.metadata.resourceVersion)).toBeGreaterThanOrEqual(
    Number(metadata.resourceVersion),
  );
  const silent = await watching(caller.bearer, `resourceVersion=${from}&timeoutSeconds=1`);
  expect((await silent.rest()).map((event) => event.type)).toEqual(["ADDED"]);
});

test("sendInitialEvents tells the state and then where it ends", async () => {
  const caller = await aCaller();
  const query = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
  const watch = await watching(caller.bearer, query);
  expect((await watch.next())?.type).toBe("ADDED");
  expect(await watch.next()).toMatchObject({
    type: "BOOKMARK",
    object: { metadata: { annotations: { "k8s.io/initial-events-end": "true" } } },
  });
  await watch.close();
});

test("a watch ends when its token is deleted, disabled, or its owner disabled", async () => {
  const endings: ((caller: Caller) => Promise<unknown>)[] = [
    (caller) => caller.send("DELETE", `${TOKENS}/${caller.name}`),
    (caller) => patch(caller, caller.name, { spec: { enabled: false } }),
    (caller) => disableUser(caller.actor),
  ];
  for (const ending of endings) {
    const caller = await aCaller();
    const watch = await watching(caller.bearer, `resourceVersion=${await versionOf(caller)}`);
    const startedMs = performance.now();
    await ending(caller);
    await watch.rest();
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    expect((await watching(caller.bearer)).status).toBe(401);
  }
});

test("a user may have 100 watches, and the next one is refused until one ends", async () => {
  const caller = await aCaller();
  const watches = await Promise.all(Array.from({ length: 100 }, () => watching(caller.bearer)));
  expect(new Set(watches.map((watch) => watch.status))).toEqual(new Set([200]));
  const refused = await caller.send("GET", `${TOKENS}?watch=true`);
  expect(refused.json).toMatchObject({ code: 429, reason: "TooManyRequests" });
  expect(refused.headers.get("retry-after")).toBe("5");
  expect((await watching((await aCaller()).bearer)).status).toBe(200);
  await watches[0]?.close();
  const next = await watching(caller.bearer);
  expect(next.status).toBe(200);
  await Promise.all([next, ...watches].map((watch) => watch.close()));
});

test("the parameters of a watch are read strictly", async () => {
  const caller = await aCaller();
  for (const query of [
    "watch=perhaps",
    "watch=true&resourceVersion=x",
    "watch=true&resourceVersion=-1",
    "watch=true&timeoutSeconds=soon",
    "watch=true&allowWatchBookmarks=si",
    "watch=true&resourceVersionMatch=Exact&resourceVersion=1",
    "watch=true&sendInitialEvents=true",
    "watch=true&fieldSelector=status.value%3Dx",
  ]) {
    const answer = await caller.send("GET", `${TOKENS}?${query}`);
    expect([query, answer.status, answer.json.reason]).toEqual([query, 400, "BadRequest"]);
  }
});

test("a version of the future is 410 Expired, so that the client lists again", async () => {
  const caller = await aCaller();
  const answer = await caller.send("GET", `${TOKENS}?watch=true&resourceVersion=999999999`);
  expect(answer.json).toMatchObject({ kind: "Status", code: 410, reason: "Expired" });
});
