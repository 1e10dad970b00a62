import { expect, test } from "vitest";
import { auditEventsOf } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { verifyAuditTrail } from "../audit/verify";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { disableUser } from "../testing/situations";
import { deleteToken } from "./delete";
import { listCollection } from "./list-collection";
import { forgetChanges } from "./prune-changes";
import { updateToken } from "./update";
import { type WatchRequest, watchTokens } from "./watch";
import type { WatchEvent } from "./watch-events";

const REQUEST: WatchRequest = {
  selection: [],
  after: undefined,
  withState: false,
  tellsInitialEnd: false,
  hasBookmarks: false,
  bookmarkEveryMs: 60_000,
  timeoutMs: 20_000,
};

/** An owner whose actor's token works, as that of a watcher must. */
async function aWatcher(wanted: Parameters<typeof anOwner>[0] = {}): Promise<UserActor> {
  const actor = await anOwner(wanted);
  const { name, token } = await aToken(actor);
  return { ...actor, tokenName: name, tokenExpiresAt: token.expiresAt };
}

async function versionOf(actor: UserActor): Promise<number> {
  const { resourceVersion } = await listCollection(actor, { selection: [], limit: 1 });
  return Number(resourceVersion);
}

/** The next so many events of a watch, flattened. */
async function take(parts: AsyncGenerator<WatchEvent[]>, count: number): Promise<WatchEvent[]> {
  const events: WatchEvent[] = [];
  while (events.length < count) {
    const { value, done } = await parts.next();
    if (done) break;
    events.push(...value);
  }
  return events;
}

const forgetAll = () => forgetChanges({ ageMsMax: 3_600_000, countMax: 0 });

test("bookmarks come at their interval and carry what was told, also while nothing happens", async () => {
  const actor = await aWatcher();
  const request = { ...REQUEST, hasBookmarks: true, bookmarkEveryMs: 50 };
  const { parts, close } = await watchTokens(actor, request);
  const [first] = await take(parts, 1);
  await disableUser(await anOwner());
  const later = await take(parts, 3);
  expect(later.map((event) => event.type)).toEqual(["BOOKMARK", "BOOKMARK", "BOOKMARK"]);
  const version = (event: WatchEvent | undefined) =>
    event?.type === "BOOKMARK" ? Number(event.resourceVersion) : 0;
  // Other people's changes advance it, or a quiet watch could not be resumed after a while.
  await expect.poll(async () => version((await take(parts, 1))[0])).toBe(version(first) + 1);
  close();
});

test("sign-ins that end together are each DELETED with a version and an event of their own", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  const watcher = { ...admin, tokenName: (await aToken(admin)).name };
  const made = [];
  for (let at = 0; at < 120; at += 1) made.push(await aToken(owner, { kind: "session" }));
  const { parts, close } = await watchTokens(watcher, REQUEST);
  await disableUser(owner);
  const events = await take(parts, 120);
  const names = events.map((event) => (event.type === "DELETED" ? event.token.name : ""));
  expect(names.toSorted()).toEqual(made.map(({ name }) => name).toSorted());
  const versions = events.map((event) =>
    event.type === "DELETED" ? Number(event.token.resourceVersion) : 0,
  );
  expect(new Set(versions).size).toBe(120);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  const [event] = await auditEventsOf({ objectName: made[7]?.name ?? "" });
  expect(event).toMatchObject({ action: "token.delete", reason: "its owner was disabled" });
  close();
});

test("tokens that go with their owner's row are told and have an event, and the chain holds", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  const watcher = { ...admin, tokenName: (await aToken(admin)).name };
  const names = [(await aToken(owner)).name, (await aToken(owner)).name];
  const { parts, close } = await watchTokens(watcher, REQUEST);
  await asDatabaseOwner((sql) => sql`delete from users where id = ${owner.userId}`);
  const told = await take(parts, 2);
  expect(told.map((event) => [event.type, "token" in event && event.token.name]).sort()).toEqual(
    names.map((name) => ["DELETED", name]).sort(),
  );
  for (const name of names) {
    const [event] = await auditEventsOf({ objectName: name });
    expect(event).toMatchObject({ action: "token.delete", actorName: "system:database" });
  }
  expect(await verifyAuditTrail()).toMatchObject({ brokenAt: null });
  close();
});

test("a change whose transaction fails is told to nobody, and a use is no change", async () => {
  const actor = await aWatcher();
  const before = await versionOf(actor);
  await refusalOf(updateToken(actor, actor.tokenName, { kind: "other" }));
  await asDatabaseOwner((sql) => sql`update token_uses set last_used_at = now()`);
  const rows = await asDatabaseOwner(
    (sql) => sql`select seq from token_changes where seq > ${before}`,
  );
  expect([...rows]).toEqual([]);
});

test("what is stored of a change has no hash", async () => {
  const actor = await aWatcher();
  await deleteToken(actor, (await aToken(actor)).name);
  const rows = await asDatabaseOwner((sql) => sql`select token::text as text from token_changes`);
  expect(rows.map((row) => row.text).join()).not.toMatch(/hash|sha256|idempotency/);
});

test("large changes are resumed in parts of about a megabyte, none missed and none twice", async () => {
  const actor = await aWatcher();
  const after = await versionOf(actor);
  const { name } = await aToken(actor);
  const versions: string[] = [];
  for (let at = 0; at < 12; at += 1) {
    const annotations = { note: `${at}`.repeat(120_000) };
    versions.push((await updateToken(actor, name, { annotations })).resourceVersion);
  }
  const { parts, close } = await watchTokens(actor, { ...REQUEST, after });
  const seen: string[] = [];
  let largest = 0;
  while (seen.length < 13) {
    const { value = [] } = await parts.next();
    largest = Math.max(largest, value.length);
    for (const event of value) if ("token" in event) seen.push(event.token.resourceVersion);
  }
  expect(seen.slice(1)).toEqual(versions);
  expect(largest).toBeLessThan(11);
  close();
});

test("forgotten changes cannot be resumed from, nor lists continued: both are expired", async () => {
  const actor = await aWatcher();
  await aToken(actor);
  const list = await listCollection(actor, { selection: [], limit: 1 });
  for await (const _ of list.parts);
  const next = list.next() ?? "";
  const old = await versionOf(actor);
  for (let at = 0; at < 5; at += 1) await aToken(actor);
  expect(await forgetAll()).toBeGreaterThan(4);
  const latest = await versionOf(actor);
  expect((await refusalOf(watchTokens(actor, { ...REQUEST, after: old }))).code).toBe("expired");
  const page = listCollection(actor, { selection: [], limit: 1, after: next });
  expect((await refusalOf(page)).code).toBe("expired");
  const { parts, close } = await watchTokens(actor, { ...REQUEST, after: latest });
  await aToken(actor);
  expect(await take(parts, 1)).toMatchObject([{ type: "ADDED" }]);
  close();
});

test("a watcher who falls behind what is kept is told so as the last event", async () => {
  const actor = await aWatcher();
  const from = await versionOf(actor);
  for (let at = 0; at < 3; at += 1) await aToken(actor);
  const { parts } = await watchTokens(actor, { ...REQUEST, after: from });
  await forgetAll();
  const events = await take(parts, 2);
  expect(events).toMatchObject([{ type: "ERROR", error: { code: "expired" } }]);
  expect((await parts.next()).done).toBe(true);
});

test("changes are kept by age and count, and the last one always", async () => {
  const actor = await aWatcher();
  for (let at = 0; at < 4; at += 1) await aToken(actor);
  const count = async () =>
    Number((await asDatabaseOwner((sql) => sql`select count(*) from token_changes`))[0]?.count);
  expect(await forgetChanges()).toBe(0);
  await forgetChanges({ ageMsMax: 3_600_000, countMax: 3 });
  expect(await count()).toBe(3);
  await asDatabaseOwner((sql) => sql`update token_changes set at = at - interval '2 hours'`);
  await forgetChanges({ ageMsMax: 3_600_000, countMax: 3 });
  expect(await count()).toBe(1);
});

test("an admin who becomes a user is told nothing more", async () => {
  const admin = await aWatcher({ role: "admin" });
  const { name } = await aToken(await anOwner());
  const { parts } = await watchTokens(admin, REQUEST);
  await asDatabaseOwner((sql) =>
    sql.begin(async (tx) => {
      await tx`update users set role = 'user' where id = ${admin.userId}`;
      await tx`delete from tokens where name = ${name}`;
    }),
  );
  expect(await take(parts, 1)).toEqual([]);
});
