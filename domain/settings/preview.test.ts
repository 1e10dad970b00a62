import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clearSettings, rowsOf, setSetting, stampUse } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { operatorActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { aLinkedAdmin, atBrowser, storedSettings } from "../testing/settings";
import { anExpiredToken, moveBack } from "../testing/situations";
import { countLongerLived } from "./count-longer-lived";
import { listSettings } from "./list";
import { listAffectedBy } from "./list-affected";
import { previewSetting } from "./preview";

const OPERATOR = operatorActor();
const MAXIMUM = "auth-token-max-ttl-minutes";
const TOTAL = "auth-user-session-ttl-minutes";
const IDLE = "auth-user-session-idle-ttl-minutes";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

beforeEach(() => asDatabaseOwner((sql) => sql`delete from tokens`));
afterEach(() => clearSettings());

const effectOf = async (name: string, value: string) =>
  (await previewSetting(OPERATOR, name, { value })).effect;

async function namesOf(name: string, value: string): Promise<string[]> {
  const names: string[] = [];
  const list = await listAffectedBy(OPERATOR, name, { value });
  if (list.of === "users") {
    for await (const part of list.parts) names.push(...part.map((user) => user.username));
  } else {
    for await (const part of list.parts) names.push(...part.map((token) => token.name));
  }
  return names.sort();
}

async function aSession(ttlMs: number, usedAgoMs: number) {
  const made = await aToken(await anOwner(), { kind: "session", ttlMs });
  await moveBack(made.name, usedAgoMs + MINUTE_MS);
  await stampUse(made.name, new Date(Date.now() - usedAgoMs));
  return made.name;
}

describe("a look at a lower maximum", () => {
  test("counts and names the live tokens that are longer, and those that it would end", async () => {
    const owner = await anOwner();
    const long = await aToken(owner, { ttlMs: 80 * DAY_MS });
    const ending = await aToken(owner, { ttlMs: 80 * DAY_MS, enabled: false });
    const used = await aToken(owner, { ttlMs: 80 * DAY_MS });
    await moveBack(ending.name, 31 * DAY_MS);
    await moveBack(used.name, 31 * DAY_MS);
    await stampUse(used.name, new Date(Date.now() - DAY_MS));
    await aToken(owner, { ttlMs: 30 * DAY_MS });
    await aToken(owner, { kind: "session", ttlMs: 80 * DAY_MS });
    const ended = await aToken(owner, { ttlMs: 40 * DAY_MS });
    await moveBack(ended.name, 41 * DAY_MS);
    expect(await previewSetting(OPERATOR, MAXIMUM, { value: "43200" })).toMatchObject({
      stored: { name: MAXIMUM, value: "129600", resourceVersion: "0" },
      wanted: "43200",
      effect: { kind: "longer-lived", of: "tokens", count: 3, ending: 2, endingInUse: 1 },
    });
    const names = [long.name, ending.name, used.name].sort();
    expect(await namesOf(MAXIMUM, "43200")).toEqual(names);
    expect(await effectOf(MAXIMUM, "0")).toEqual({ kind: "none" });
  });

  test("counts a token without an end as longer than any", async () => {
    await setSetting(MAXIMUM, "0");
    const { name } = await aToken(await anOwner(), {});
    expect(await effectOf(MAXIMUM, "525600000")).toMatchObject({ count: 1, ending: 0 });
    expect(await namesOf(MAXIMUM, "525600000")).toEqual([name]);
    await setSetting(MAXIMUM, "60");
    const counts = await countLongerLived(OPERATOR, await listSettings(OPERATOR));
    expect(counts).toEqual(
      new Map([
        [MAXIMUM, 1],
        [TOTAL, 0],
      ]),
    );
  });

  test("stores nothing and changes no token", async () => {
    await aToken(await anOwner(), { ttlMs: 80 * DAY_MS });
    const before = [await rowsOf("tokens"), await rowsOf("audit_events")];
    await effectOf(MAXIMUM, "60");
    await namesOf(MAXIMUM, "60");
    expect([await rowsOf("tokens"), await rowsOf("audit_events")]).toEqual(before);
    expect(await storedSettings()).toEqual({});
  });

  test("takes an empty value for the default, as a change does", async () => {
    await setSetting(MAXIMUM, "60");
    const preview = await previewSetting(OPERATOR, MAXIMUM, { value: "" });
    expect([preview.stored.value, preview.wanted]).toEqual(["60", "129600"]);
  });
});

describe("a look at limits of sign-ins", () => {
  test("counts those that a shorter lifetime would end", async () => {
    await setSetting(IDLE, "60");
    await aSession(9 * HOUR_MS, 3 * HOUR_MS);
    await aSession(9 * HOUR_MS, MINUTE_MS);
    await aSession(HOUR_MS, MINUTE_MS);
    const expected = { kind: "longer-lived", of: "sessions", count: 2, ending: 1, endingInUse: 1 };
    expect(await effectOf(TOTAL, "120")).toEqual({ ...expected, endsOwn: false });
  });

  test("tells whether the one who looks would be signed out by shortening", async () => {
    await setSetting(IDLE, "60");
    const admin = await anAdmin();
    const { name } = await aToken(admin, { kind: "session", ttlMs: 9 * HOUR_MS });
    const look = () => previewSetting({ ...admin, tokenName: name }, TOTAL, { value: "120" });
    expect((await look()).effect).toMatchObject({ count: 1, ending: 0, endsOwn: false });
    await moveBack(name, 3 * HOUR_MS);
    expect((await look()).effect).toMatchObject({ count: 1, ending: 1, endsOwn: true });
  });

  test("counts what a shorter idle limit ends, and not what has ended by the old one", async () => {
    await setSetting(IDLE, "60");
    const [idle] = [
      await aSession(9 * HOUR_MS, 40 * MINUTE_MS),
      await aSession(9 * HOUR_MS, 10 * MINUTE_MS),
      await aSession(9 * HOUR_MS, 90 * MINUTE_MS),
      await aSession(41 * MINUTE_MS, 40.5 * MINUTE_MS),
    ];
    expect(await effectOf(IDLE, "30")).toEqual({ kind: "idle-ended", count: 1 });
    expect(await namesOf(IDLE, "30")).toEqual([idle]);
  });

  test("counts what a longer idle limit would bring back", async () => {
    await setSetting(IDLE, "60");
    const [revived] = [
      await aSession(9 * HOUR_MS, 90 * MINUTE_MS),
      await aSession(9 * HOUR_MS, 40 * MINUTE_MS),
      await aSession(9 * HOUR_MS, 5 * HOUR_MS),
    ];
    expect(await effectOf(IDLE, "120")).toEqual({ kind: "idle-revived", count: 1 });
    expect(await namesOf(IDLE, "120")).toEqual([revived]);
  });
});

test("a look at a shorter retention counts the expired tokens that are removed", async () => {
  const owner = await anOwner();
  const { name } = await anExpiredToken(owner);
  await moveBack(name, 5 * DAY_MS);
  await anExpiredToken(owner);
  await aToken(owner, {});
  expect(await effectOf("token-retention-days", "3")).toEqual({
    kind: "expired-removed",
    count: 1,
  });
  expect(await namesOf("token-retention-days", "3")).toEqual([name]);
});

test("a look at no passwords counts and names the enabled users it would lock out", async () => {
  const linked = await aLinkedAdmin();
  const [local, disabled] = [await anOwner(), await anOwner({ enabled: false })];
  const effect = await effectOf("local-sign-in", "false");
  const names = await namesOf("local-sign-in", "false");
  expect(effect).toEqual({ kind: "locked-out", count: names.length, includesOwn: false });
  for (const [actor, includesOwn] of [
    [linked, false],
    [await anAdmin(), true],
  ] as const) {
    const own = await previewSetting(actor, "local-sign-in", { value: "false" });
    expect(own.effect).toMatchObject({ includesOwn });
  }
  expect(names).toContain(local.username);
  expect(names).not.toContain(linked.username);
  expect(names).not.toContain(disabled.username);
  expect(await effectOf("local-sign-in", "true")).toEqual({ kind: "none" });
});

describe("a look is refused", () => {
  test("to others, and needs no proof", async () => {
    const [stranger, admin] = [await anOwner({ role: "verifier" }), atBrowser(await anAdmin())];
    for (const look of [previewSetting, listAffectedBy]) {
      expect((await refusalOf(look(stranger, MAXIMUM, { value: "60" }))).code).toBe("forbidden");
      await look(admin, MAXIMUM, { value: "60" });
    }
    const counting = countLongerLived(stranger, []);
    expect((await refusalOf(counting)).code).toBe("forbidden");
  });

  test("as the change would be", async () => {
    const codes = await Promise.all(
      [
        previewSetting(OPERATOR, "nothing", { value: "60" }),
        previewSetting(OPERATOR, MAXIMUM, { value: "soon" }),
        previewSetting(OPERATOR, MAXIMUM, { value: 7 }),
        previewSetting(OPERATOR, MAXIMUM, { value: "60", resourceVersion: "17" }),
        previewSetting(OPERATOR, IDLE, { value: "961" }),
        listAffectedBy(OPERATOR, "nothing", { value: "60" }),
        listAffectedBy(OPERATOR, MAXIMUM, { value: "-2" }),
      ].map(async (work) => (await refusalOf(work)).code),
    );
    expect(codes).toEqual([
      "notFound",
      "invalid",
      "invalid",
      "conflict",
      "invalid",
      "notFound",
      "invalid",
    ]);
  });
});
