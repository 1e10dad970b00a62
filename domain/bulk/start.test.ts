import { expect, test } from "vitest";
import { auditEventsOf } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { carriedOut, outcomesOf, runAll, started } from "../testing/bulk";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { atBrowser } from "../testing/settings";
import { cancelBulk } from "./cancel";
import { getBulk } from "./get";
import { listBulk } from "./list";
import { purgeBulk } from "./purge";
import { skippedOf } from "./result";
import { runSlice } from "./run";
import { startBulk } from "./start";

const DISABLE = { scope: "own", action: "disable", names: ["token-bbbbbbbbbb"], asOfSeq: 0 };
const LATER = "2099-01-01T00:00:00.000Z";

test("an extension and everybody's tokens are for administrators, and who tries is on record", async () => {
  const owner = await anOwner();
  for (const wrong of [
    { action: "extend", expiresAt: LATER },
    { scope: "all", reason: "so" },
  ]) {
    expect((await refusalOf(startBulk(owner, { ...DISABLE, ...wrong }))).code).toBe("forbidden");
  }
  const events = await auditEventsOf({ actorId: owner.userId });
  expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([
    ["bulk.start", "denied"],
    ["bulk.start", "denied"],
  ]);
});

test("an administrator says why to everybody, and to nobody of their own tokens", async () => {
  const admin = await anAdmin();
  for (const reason of [undefined, null, "", "  "]) {
    const refusal = await refusalOf(startBulk(admin, { ...DISABLE, scope: "all", reason }));
    expect(refusal.fields).toMatchObject([{ path: "reason", type: "required" }]);
  }
  const long = await refusalOf(startBulk(admin, { ...DISABLE, reason: "x".repeat(501) }));
  expect(long.fields).toMatchObject([{ path: "reason", type: "tooLong" }]);
  await startBulk(admin, DISABLE);
  await runAll();
});

test("at a browser others' tokens, deletion and extension want a recent proof", async () => {
  const [admin, owner] = [atBrowser(await anAdmin()), atBrowser(await anOwner())];
  for (const [actor, wanted] of [
    [admin, { scope: "all", reason: "so" }],
    [admin, { action: "extend", expiresAt: LATER }],
    [owner, { action: "delete" }],
  ] as const) {
    const refusal = await refusalOf(startBulk(actor, { ...DISABLE, ...wanted }));
    expect(refusal.code).toBe("proofRequired");
  }
  await startBulk(owner, DISABLE);
  await runAll();
});

test("a sixth is refused while five are not finished", async () => {
  const owner = await anOwner();
  for (let at = 0; at < 5; at += 1) await startBulk(owner, DISABLE);
  expect((await refusalOf(startBulk(owner, DISABLE))).code).toBe("tooManyRequests");
  await runAll();
  await startBulk(owner, DISABLE);
  await runAll();
});

test("what is cancelled stops after the batch at hand, and what it did stays", async () => {
  const [owner, stranger, admin] = [await anOwner(), await anOwner(), await anAdmin()];
  const names: string[] = [];
  for (let at = 0; at < 60; at += 1) names.push((await aToken(owner)).name);
  const id = await started(owner, { action: "delete", names });
  await runSlice({ sliceMs: 0 });
  expect((await refusalOf(cancelBulk(stranger, id))).code).toBe("notFound");
  await cancelBulk(admin, id);
  await runAll();
  expect(await getBulk(owner, id)).toMatchObject({ state: "cancelled", changed: 50, total: 60 });
  const outcomes = Object.values(await outcomesOf(owner, id));
  expect(outcomes.filter((outcome) => outcome === "waits")).toHaveLength(10);
  expect((await refusalOf(cancelBulk(owner, id))).code).toBe("conflict");
  const [event] = await auditEventsOf({ objectName: id });
  expect(event).toMatchObject({ action: "bulk.cancel", actorId: admin.userId });
});

test("of two slices each job has its turn", async () => {
  const owner = await anOwner();
  const ids: string[] = [];
  for (let job = 0; job < 2; job += 1) {
    const names: string[] = [];
    for (let at = 0; at < 60; at += 1) names.push((await aToken(owner)).name);
    ids.push(await started(owner, { action: "delete", names }));
  }
  await runSlice({ sliceMs: 0 });
  await runSlice({ sliceMs: 0 });
  for (const id of ids) expect((await getBulk(owner, id)).changed).toBe(50);
  await runAll();
});

test("the list has one's own, and everybody's for administrators, the newest first, in pages", async () => {
  const [owner, stranger, admin] = [await anOwner(), await anOwner(), await anAdmin()];
  const ids: string[] = [];
  for (let at = 0; at < 27; at += 1) {
    ids.unshift(await startBulk(owner, DISABLE));
    await runAll();
  }
  const { jobs, next } = await listBulk(owner);
  expect(jobs.map(({ id }) => id)).toEqual(ids.slice(0, 25));
  const rest = await listBulk(owner, { before: next ?? "" });
  expect(rest).toMatchObject({ jobs: [{ id: ids[25] }, { id: ids[26] }], next: null });
  expect((await listBulk(stranger)).jobs).toEqual([]);
  expect((await listBulk(admin)).jobs.map(({ id }) => id)).toContain(ids[0]);
});

test("the reasons for what was skipped are counted", async () => {
  const owner = await anOwner();
  const [off, on] = [await aToken(owner, { enabled: false }), await aToken(owner)];
  const names = [off.name, on.name, "token-1", "token-2"];
  const id = await started(owner, { action: "disable", names });
  await runAll();
  const { items, next, reasons } = await skippedOf(owner, id);
  expect(items.map(({ tokenName }) => tokenName)).toEqual(["token-1", "token-2", off.name]);
  expect(next).toBeNull();
  expect(reasons).toEqual([
    { why: "There is no such token.", count: 2 },
    { why: "It was disabled already.", count: 1 },
  ]);
});

test("what ended 90 days ago is forgotten, what ended later is not", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  expect(await carriedOut(owner, { action: "disable", names: [name] })).toEqual({
    [name]: "changed",
  });
  const kept = await startBulk(owner, DISABLE);
  await runAll();
  const { jobs } = await listBulk(owner);
  await asDatabaseOwner(
    (sql) => sql`update bulk_jobs set finished_at = now() - interval '91 days' where id <> ${kept}`,
  );
  await purgeBulk();
  expect(jobs).toHaveLength(2);
  expect((await listBulk(owner)).jobs.map(({ id }) => id)).toEqual([kept]);
});
