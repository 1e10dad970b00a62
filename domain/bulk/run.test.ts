import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { holdJob, takeJob } from "@/db/bulk-jobs";
import { query, transaction } from "@/db/client";
import { auditEventsOf, clearSettings, setSetting, withoutAudit } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import type { UserActor } from "../actor";
import { carriedOut, letLeasesEnd, outcomesOf, runAll, started } from "../testing/bulk";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { changeRole, disableUser, moveBack } from "../testing/situations";
import { authenticate } from "../tokens/authenticate";
import { deleteToken } from "../tokens/delete";
import { getToken } from "../tokens/get";
import { updateToken } from "../tokens/update";
import { getBulk } from "./get";
import { runSlice } from "./run";

const HOUR_MS = 3_600_000;

async function tokensOf(owner: UserActor, count: number) {
  const made: Awaited<ReturnType<typeof aToken>>[] = [];
  for (let at = 0; at < count; at += 1) made.push(await aToken(owner, { ttlMs: 10 * HOUR_MS }));
  return made;
}

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe("a bulk action", () => {
  test("disables every token named, with one event each that says why and for what", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const made = await tokensOf(owner, 3);
    const names = made.map(({ name }) => name);
    const id = await started(admin, { scope: "all", action: "disable", names, reason: "leaked" });
    await runAll();
    for (const { name, bearer } of made) {
      expect(await authenticate(bearer, owner.origin)).toBeNull();
      const [event, ...earlier] = await auditEventsOf({ objectName: name });
      expect(event).toMatchObject({
        actorId: admin.userId,
        actorName: admin.username,
        actorToken: admin.tokenName,
        action: "token.update",
        reason: "leaked",
        before: { enabled: true },
        after: { enabled: false },
        requestId: id,
        address: "192.0.2.1",
      });
      expect(earlier).toHaveLength(1);
      expect((await getToken(admin, name)).resourceVersion).toBe(String(event?.seq));
    }
    expect(await getBulk(admin, id)).toMatchObject({
      state: "done",
      total: 3,
      changed: 3,
      skipped: 0,
    });
    const [start] = await auditEventsOf({ objectName: id });
    expect(start).toMatchObject({ action: "bulk.start", objectKind: "bulk", reason: "leaked" });
  });

  test("enables and deletes what a filter matches, and nothing else", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const [on, off] = [await aToken(owner), await aToken(owner, { enabled: false })];
    const session = await aToken(owner, { kind: "session" });
    const ofOwner = `?owner=${encodeURIComponent(`=${owner.username}`)}`;
    const enable = { scope: "all", action: "enable", query: `${ofOwner}&state=disabled` };
    expect(await carriedOut(admin, enable)).toEqual({ [off.name]: "changed" });
    expect((await getToken(admin, off.name)).enabled).toBe(true);
    expect(await carriedOut(admin, { scope: "all", action: "delete", query: ofOwner })).toEqual({
      [on.name]: "changed",
      [off.name]: "changed",
    });
    expect((await refusalOf(getToken(admin, on.name))).code).toBe("notFound");
    expect((await getToken(admin, session.name)).enabled).toBe(true);
    const [event] = await auditEventsOf({ objectName: on.name });
    expect(event).toMatchObject({ action: "token.delete", before: { enabled: true } });
  });

  test("extends and shortens to one time, each as the rules of its lifetime allow", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const [short, long] = [
      await aToken(owner, { ttlMs: HOUR_MS }),
      await aToken(owner, { ttlMs: 50 * HOUR_MS }),
    ];
    const old = await aToken(owner, { ttlMs: 2 * HOUR_MS });
    await moveBack(old.name, 80 * HOUR_MS);
    await setSetting("auth-token-max-ttl-minutes", String(60 * 60));
    const names = [short.name, long.name, old.name];
    const until = inHours(20);
    const extend = { scope: "all", action: "extend", names, expiresAt: until };
    expect(await carriedOut(admin, extend)).toEqual({
      [short.name]: "changed",
      [long.name]: "It ends later already.",
      [old.name]: "It would live longer than the longest lifetime allowed.",
    });
    expect((await getToken(admin, short.name)).expiresAt?.toISOString()).toBe(until);
    const shorten = { action: "shorten", names: [short.name, long.name], expiresAt: inHours(3) };
    expect(await carriedOut(owner, shorten)).toEqual({
      [short.name]: "changed",
      [long.name]: "changed",
    });
    await clearSettings();
  });

  test("leaves what it finds done, deleted or changed meanwhile, and says by whom", async () => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const [plain, done, changed, gone] = await tokensOf(owner, 4);
    if (!plain || !done || !changed || !gone) throw new Error("four tokens");
    await updateToken(owner, done.name, { enabled: false });
    const names = [plain, done, changed, gone].map(({ name }) => name);
    const outcomes = await carriedOut(
      admin,
      { scope: "all", action: "disable", names: [...names, "token-unheardof"] },
      async () => {
        await updateToken(owner, changed.name, { description: "needed after all" });
        await deleteToken(owner, gone.name);
      },
    );
    expect(outcomes).toEqual({
      [plain.name]: "changed",
      [done.name]: "It was disabled already.",
      [changed.name]: `It was changed meanwhile by ${owner.username}.`,
      [gone.name]: "There is no such token.",
      "token-unheardof": "There is no such token.",
    });
    expect((await getToken(admin, changed.name)).enabled).toBe(true);
  });

  test("says who deleted a token between the start and its turn", async () => {
    const owner = await anOwner();
    const [first, second] = await tokensOf(owner, 2);
    if (!first || !second) throw new Error("two tokens");
    const id = await started(owner, { action: "disable", names: [first.name, second.name] });
    await deleteToken(owner, second.name);
    await runAll();
    expect(await outcomesOf(owner, id)).toEqual({
      [first.name]: "changed",
      [second.name]: `It was deleted meanwhile by ${owner.username}.`,
    });
  });

  test("never takes the sign-in that asked for it", async () => {
    const owner = await anOwner();
    const own = await aToken(owner, { kind: "session" });
    const actor = { ...owner, tokenName: own.name };
    const other = await aToken(owner, { kind: "session" });
    const outcomes = await carriedOut(actor, { action: "delete", query: "?kind=all" });
    expect(outcomes).toEqual({
      [own.name]: "It is the sign-in that asked for this.",
      [other.name]: "changed",
    });
  });
});

describe("whoever is no administrator", () => {
  test("can reach nobody else's token by a name or a filter", async () => {
    const [owner, stranger] = [await anOwner(), await anOwner()];
    const [own, foreign] = [await aToken(owner), await aToken(stranger)];
    const names = [own.name, foreign.name];
    expect(await carriedOut(owner, { action: "disable", names })).toEqual({
      [own.name]: "changed",
      [foreign.name]: "There is no such token.",
    });
    for (const query of [
      "?kind=all",
      `?owner=${stranger.username}`,
      `?q=${foreign.name}&kind=all`,
    ]) {
      const outcomes = await carriedOut(owner, { action: "delete", query });
      expect(Object.keys(outcomes)).not.toContain(foreign.name);
    }
    expect((await getToken(stranger, foreign.name)).enabled).toBe(true);
  });

  test("sees neither the action nor the result of somebody else's", async () => {
    const [owner, stranger] = [await anOwner(), await anOwner()];
    const { name } = await aToken(owner);
    const id = await started(owner, { action: "disable", names: [name] });
    const missing = await refusalOf(getBulk(stranger, randomUUID()));
    const foreign = await refusalOf(getBulk(stranger, id));
    expect(foreign).toEqual(missing);
    expect((await refusalOf(outcomesOf(stranger, id))).code).toBe("notFound");
    await runAll();
  });
});

describe("the run", () => {
  test("is gone on with by another process where the first was killed", async () => {
    const owner = await anOwner();
    const names = (await tokensOf(owner, 120)).map(({ name }) => name);
    const id = await started(owner, { action: "delete", names });
    // 50 deletions are one batch, after which this one is never heard of again.
    await runSlice({ by: "killed", sliceMs: 0 });
    expect(await query((db) => takeJob(db, "killed"))).toBe(id);
    expect((await getBulk(owner, id)).changed).toBe(50);
    expect(await runSlice({ by: "another" })).toBe(false);
    await letLeasesEnd();
    while (await runSlice({ by: "another" }));
    expect(await getBulk(owner, id)).toMatchObject({ state: "done", changed: 120, skipped: 0 });
    // And the first, should it wake up, has it no more.
    expect(await transaction((tx) => holdJob(tx, id, "killed"))).toBeUndefined();
  });

  test("by many processes at once takes each token once", async () => {
    const owner = await anOwner();
    const names = (await tokensOf(owner, 130)).map(({ name }) => name);
    const jobs = [
      await started(owner, { action: "delete", names: names.slice(0, 70) }),
      await started(owner, { action: "delete", names: names.slice(60) }),
    ];
    await Promise.all(
      ["a", "b", "c", "d"].map(async (by) => {
        while (await runSlice({ by, sliceMs: 0 }));
      }),
    );
    await runAll();
    for (const name of names) {
      const deletions = (await auditEventsOf({ objectName: name })).filter(
        ({ action }) => action === "token.delete",
      );
      expect(deletions).toHaveLength(1);
    }
    const [first, second] = [
      await getBulk(owner, jobs[0] ?? ""),
      await getBulk(owner, jobs[1] ?? ""),
    ];
    expect(first.changed + second.changed).toBe(130);
    expect(first.skipped + second.skipped).toBe(10);
  });

  test("changes nothing while events cannot be stored, and goes on when they can", async () => {
    const owner = await anOwner();
    const [made] = await tokensOf(owner, 1);
    if (!made) throw new Error("a token");
    const id = await started(owner, { action: "disable", names: [made.name] });
    await withoutAudit(async () => {
      await runSlice();
      expect((await getToken(owner, made.name)).enabled).toBe(true);
      expect(await outcomesOf(owner, id)).toEqual({ [made.name]: "waits" });
    });
    await letLeasesEnd();
    await runAll();
    expect((await getToken(owner, made.name)).enabled).toBe(false);
  });

  test("fails where its changes cannot be stored again and again", async () => {
    const owner = await anOwner();
    const [made] = await tokensOf(owner, 1);
    const id = await started(owner, { action: "disable", names: [made?.name ?? ""] });
    await withoutAudit(async () => {
      for (let attempt = 0; attempt < 11; attempt += 1) {
        await runSlice();
        await letLeasesEnd();
      }
    });
    expect(await getBulk(owner, id)).toMatchObject({
      state: "failed",
      problem: "The changes could not be stored.",
      changed: 0,
    });
  });

  test.each([
    ["disabled", disableUser, "has been disabled."],
    [
      "made a user",
      (admin: UserActor) => changeRole(admin, "user"),
      "is no administrator any more.",
    ],
    [
      "deleted",
      (admin: UserActor) =>
        asDatabaseOwner((sql) => sql`delete from users where id = ${admin.userId}`),
      "has been deleted.",
    ],
  ])("stops when whoever asked for it is %s", async (_, happens, problem) => {
    const [admin, owner] = [await anAdmin(), await anOwner()];
    const names = (await tokensOf(owner, 60)).map(({ name }) => name);
    const id = await started(admin, { scope: "all", action: "delete", names });
    await runSlice({ sliceMs: 0 });
    await happens(admin);
    await runAll();
    expect(await getBulk(await anAdmin(), id)).toMatchObject({
      state: "failed",
      problem: `${admin.username} ${problem}`,
      changed: 50,
    });
    expect(await countOf(names)).toBe(10);
  });
});

function countOf(names: readonly string[]): Promise<number> {
  return asDatabaseOwner(async (sql) => {
    const [row] =
      await sql`select count(*)::int as count from tokens where name in ${sql([...names])}`;
    return Number(row?.count);
  });
}
