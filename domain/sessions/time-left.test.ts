import { afterEach, describe, expect, test } from "vitest";
import { ageToken, clearSettings, setSetting, stampUse } from "@/db/testing/rows";
import { anOwner, aToken } from "../testing/owners";
import { authenticate } from "../tokens/authenticate";
import { deleteToken } from "../tokens/delete";
import { getToken } from "../tokens/get";
import { flushUses } from "../tokens/record-use";
import { staySignedIn, timeLeftNow, timeLeftOf } from "./time-left";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NEAR_MS = 5_000;

afterEach(clearSettings);

async function signedIn(input: Record<string, unknown> = {}) {
  const owner = await anOwner();
  const session = await aToken(owner, { kind: "session", ttlMs: 16 * HOUR_MS, ...input });
  return { owner, ...session };
}

function expectNear(ms: number | undefined, expectedMs: number) {
  expect(Math.abs((ms ?? Number.NaN) - expectedMs)).toBeLessThan(NEAR_MS);
}

describe("the time left of a sign-in", () => {
  test("counts from the last activity, and asking for it is none", async () => {
    await setSetting("auth-user-session-idle-ttl-minutes", "60");
    const { owner, name, bearer } = await signedIn();
    await ageToken(name, 50 * MINUTE_MS);
    for (let asked = 0; asked < 3; asked += 1) {
      const left = await timeLeftOf(bearer);
      expect(left).toMatchObject({ username: owner.username, limit: "idle", warnMs: 120_000 });
      expectNear(left?.leftMs, 10 * MINUTE_MS);
    }
    await flushUses();
    expect((await getToken(owner, name)).lastUsedAt).toBeNull();
  });

  test("is whole again after a request, before that is stored and after", async () => {
    await setSetting("auth-user-session-idle-ttl-minutes", "60");
    const { owner, name, bearer } = await signedIn();
    await ageToken(name, 50 * MINUTE_MS);
    const actor = await authenticate(bearer, owner.origin);
    expectNear((await timeLeftOf(bearer))?.leftMs, 60 * MINUTE_MS);
    if (actor) await staySignedIn(actor);
    expectNear((await timeLeftOf(bearer))?.leftMs, 60 * MINUTE_MS);
    expectNear(Date.now() - Number((await getToken(owner, name)).lastUsedAt), 0);
  });

  test("is that of the whole lifetime when that ends first, which nothing puts off", async () => {
    const { owner, name, bearer } = await signedIn({ ttlMs: 2 * HOUR_MS });
    await ageToken(name, HOUR_MS);
    await authenticate(bearer, owner.origin);
    const left = await timeLeftOf(bearer);
    expect(left).toMatchObject({ limit: "total", warnMs: 120_000 });
    expectNear(left?.leftMs, HOUR_MS);
  });

  test("is warned of in the last third where a limit is short", async () => {
    await setSetting("auth-user-session-idle-ttl-minutes", "1");
    const { bearer } = await signedIn();
    expect((await timeLeftOf(bearer))?.warnMs).toBe(20_000);
  });

  test("is none for what has ended, was deleted, is disabled or was never one", async () => {
    await setSetting("auth-user-session-idle-ttl-minutes", "60");
    const [idle, deleted, expired] = [await signedIn(), await signedIn(), await signedIn()];
    await ageToken(idle.name, 2 * HOUR_MS);
    await stampUse(idle.name, new Date(Date.now() - 61 * MINUTE_MS));
    await deleteToken(deleted.owner, deleted.name);
    await ageToken(expired.name, 17 * HOUR_MS);
    await stampUse(expired.name, new Date());
    const disabled = await signedIn({ enabled: false });
    const ofAnother = idle.bearer.replace(idle.secret.value, deleted.secret.value);
    const bearers = [idle.bearer, deleted.bearer, expired.bearer, disabled.bearer, ofAnother, ""];
    for (const bearer of bearers) expect(await timeLeftOf(bearer)).toBeNull();
  });

  test("of the request at hand is the whole idle limit, or less where the lifetime ends before", async () => {
    const { owner, bearer } = await signedIn({ ttlMs: HOUR_MS });
    const actor = await authenticate(bearer, owner.origin);
    if (!actor) throw new Error("the sign-in does not work");
    expect(await timeLeftNow(actor)).toMatchObject({ limit: "total" });
    await setSetting("auth-user-session-idle-ttl-minutes", "30");
    const left = await timeLeftNow(actor);
    expect(left.limit).toBe("idle");
    expectNear(left.leftMs, 30 * MINUTE_MS);
  });
});
