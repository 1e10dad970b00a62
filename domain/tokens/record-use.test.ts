import { expect, test } from "vitest";
import { rowsOf, whileTokenUsesAreAway } from "@/db/testing/rows";
import { anOwner, aToken } from "../testing/owners";
import { authenticate } from "./authenticate";
import { deleteToken } from "./delete";
import { getToken } from "./get";
import { flushUses, pendingUseMs, recordUse } from "./record-use";

const ORIGIN = { requestId: null, address: "198.51.100.7", userAgent: "curl/8 \u{1f300}" };

async function idOf(name: string): Promise<number> {
  const row = (await rowsOf("tokens")).find((candidate) => candidate.name === name);
  return Number(row?.id);
}

test("a successful check is seen at once, and stored with its place when uses are flushed", async () => {
  const owner = await anOwner();
  const { name, bearer } = await aToken(owner);
  await authenticate(bearer, ORIGIN);
  const unstored = await getToken(owner, name);
  expect(pendingUseMs(await idOf(name))).toBeDefined();
  await flushUses();
  expect(pendingUseMs(await idOf(name))).toBeUndefined();
  const token = await getToken(owner, name);
  expect(token).toEqual(unstored);
  expect(token).toMatchObject({
    lastUsedAddress: "198.51.100.7",
    lastUsedUserAgent: "curl/8 \u{1f300}",
  });
  expect(Math.abs(Date.now() - Number(token.lastUsedAt))).toBeLessThan(10_000);
});

test("a refused check stamps nothing", async () => {
  const owner = await anOwner();
  const { name, bearer } = await aToken(owner, { enabled: false });
  await authenticate(bearer, ORIGIN);
  await flushUses();
  expect((await getToken(owner, name)).lastUsedAt).toBeNull();
});

test("recording a use changes neither the version nor the time of the last change", async () => {
  const owner = await anOwner();
  const { name, bearer, token } = await aToken(owner);
  await authenticate(bearer, ORIGIN);
  await flushUses();
  const { resourceVersion, updatedAt } = await getToken(owner, name);
  expect({ resourceVersion, updatedAt }).toEqual({
    resourceVersion: token.resourceVersion,
    updatedAt: token.updatedAt,
  });
});

test("a use never goes back, neither in memory nor in the database", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  const tokenId = await idOf(name);
  const use = (at: string, address: string) => ({
    tokenId,
    usedAtMs: Date.parse(at),
    address,
    userAgent: null,
  });
  recordUse(use("2026-03-02T00:00:00Z", "later"));
  recordUse(use("2026-03-01T00:00:00Z", "earlier"));
  expect(pendingUseMs(tokenId)).toBe(Date.parse("2026-03-02T00:00:00Z"));
  await flushUses();
  recordUse(use("2026-03-01T12:00:00Z", "earlier"));
  await flushUses();
  expect(await getToken(owner, name)).toMatchObject({
    lastUsedAt: new Date("2026-03-02T00:00:00Z"),
    lastUsedAddress: "later",
  });
  recordUse(use("2026-03-03T00:00:00Z", "latest"));
  await flushUses();
  expect((await getToken(owner, name)).lastUsedAddress).toBe("latest");
});

test("a failed write keeps the uses for the next one", async () => {
  const owner = await anOwner();
  const { name, bearer } = await aToken(owner);
  await authenticate(bearer, ORIGIN);
  await whileTokenUsesAreAway(async () => {
    await expect(flushUses()).rejects.toMatchObject({ code: "queryFailed" });
  });
  expect(pendingUseMs(await idOf(name))).toBeDefined();
  await flushUses();
  expect(pendingUseMs(await idOf(name))).toBeUndefined();
  expect((await getToken(owner, name)).lastUsedAt).not.toBeNull();
});

test("the use of a token that is gone is dropped", async () => {
  const owner = await anOwner();
  const { name, bearer } = await aToken(owner);
  await authenticate(bearer, ORIGIN);
  await deleteToken(owner, name);
  await flushUses();
});
