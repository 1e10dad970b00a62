import { expect, test } from "vitest";
import { eventsOf } from "@/domain/testing/situations";
import { aCaller, type Caller, send, TOKENS } from "../testing/client";

const namesOf = async (caller: Caller, query = "") => {
  const { json } = await caller.send("GET", `${TOKENS}?${query}`);
  return json.items.map((item: { metadata: { name: string } }) => item.metadata.name);
};

async function labelled(caller: Caller, team: string): Promise<string> {
  const body = { metadata: { labels: { team } } };
  return (await caller.send("POST", TOKENS, { body })).json.metadata.name;
}

test("deletes what the selectors select, each token with its event, and says how many", async () => {
  const caller = await aCaller();
  const gone = [await labelled(caller, "a"), await labelled(caller, "a")];
  const kept = await labelled(caller, "b");
  const answer = await caller.send("DELETE", `${TOKENS}?labelSelector=team%3Da`);
  expect(answer.json).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    message: "2 tokens deleted",
    details: { group: "ext.cattle.io", kind: "tokens" },
  });
  expect(await namesOf(caller)).toEqual([kept, caller.name].sort());
  for (const name of gone) {
    const [event, ...earlier] = await eventsOf({ objectName: name });
    expect(event).toMatchObject({
      action: "token.delete",
      actorId: caller.actor.userId,
      actorToken: caller.name,
      before: { labels: { team: "a" } },
    });
    expect(earlier).toHaveLength(1);
  }
});

test("deletes no one else's tokens, whatever is selected; an admin's reaches everybody", async () => {
  const [caller, other, admin] = [
    await aCaller(),
    await aCaller(),
    await aCaller({ role: "admin" }),
  ];
  const theirs = await labelled(other, "a");
  const selected = `fieldSelector=spec.userID%3D${other.actor.userId}`;
  const answer = await caller.send("DELETE", `${TOKENS}?${selected}`);
  expect(answer.json.message).toBe("0 tokens deleted");
  expect(await namesOf(other)).toContain(theirs);
  const byAdmin = await admin.send("DELETE", `${TOKENS}?${selected}`);
  expect(byAdmin.json.message).toBe("2 tokens deleted");
  expect((await other.send("GET", TOKENS)).status).toBe(401);
});

test("without a selector deletes all own tokens, in several batches, the one that asks last", async () => {
  const caller = await aCaller();
  const made = [];
  for (let at = 0; at < 120; at += 1) made.push(await caller.create());
  const answer = await caller.send("DELETE", TOKENS);
  expect(answer.json.message).toBe("121 tokens deleted");
  const events = await eventsOf({ actorId: caller.actor.userId });
  const deleted = events.filter((event) => event.action === "token.delete");
  expect(deleted).toHaveLength(made.length + 1);
  expect(deleted[0]?.objectName).toBe(caller.name);
  expect((await send("GET", TOKENS, { bearer: caller.bearer })).status).toBe(401);
});

test("deletes at most limit tokens", async () => {
  const caller = await aCaller();
  await Promise.all([caller.create(), caller.create(), caller.create()]);
  await caller.send("DELETE", `${TOKENS}?limit=2`);
  expect(await namesOf(caller)).toHaveLength(2);
});

test("deletes nothing in a dry run, and nothing for a request that it does not understand", async () => {
  const caller = await aCaller();
  await caller.create();
  const dry = await caller.send("DELETE", `${TOKENS}?dryRun=All`);
  expect(dry.json.message).toBe("2 tokens would be deleted (dry run)");
  const inBody = await caller.send("DELETE", TOKENS, { body: { dryRun: ["All"] } });
  expect(inBody.json.message).toBe("2 tokens would be deleted (dry run)");
  for (const [query, body] of [
    ["labelSelector=a%20b", undefined],
    ["fieldSelector=spec.ttl%3D1", undefined],
    ["dryRun=Some", undefined],
    ["continue=x", undefined],
    ["", { preconditions: { uid: "x" } }],
    ["", "nonsense"],
  ] as const) {
    const answer = await caller.send("DELETE", `${TOKENS}?${query}`, { body });
    expect([query, answer.status]).toEqual([query, 400]);
  }
  expect(await namesOf(caller)).toHaveLength(2);
});

test("a single delete honours the preconditions uid and resourceVersion with 409", async () => {
  const caller = await aCaller();
  const { metadata } = await caller.create();
  const path = `${TOKENS}/${metadata.name}`;
  for (const preconditions of [{ uid: "other" }, { resourceVersion: "1" }]) {
    const answer = await caller.send("DELETE", path, { body: { preconditions } });
    expect(answer.json).toMatchObject({ code: 409, reason: "Conflict" });
  }
  const { uid, resourceVersion } = metadata;
  const body = { preconditions: { uid, resourceVersion } };
  expect((await caller.send("DELETE", path, { body })).status).toBe(200);
});
