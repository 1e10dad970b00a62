import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isFeedCurrent } from "@/db/change-feed";
import { clearSettings, setSetting } from "@/db/testing/rows";
import { asDatabaseOwner, followChanges } from "@/db/testing/worker-database";
import { operatorActor } from "../actor";
import { anOwner, aToken } from "../testing/owners";
import { setUserEnabled } from "../users/set-enabled";
import { checkBearer } from "./check";
import { credentialCacheCounts } from "./credential-cache";
import { deleteToken } from "./delete";
import { mintSecret, toBearer } from "./secret";
import { updateToken } from "./update";

const HOUR_MS = 3_600_000;
const ORIGIN = { requestId: null, address: "198.51.100.7", userAgent: "curl/8" };

beforeAll(followChanges);
beforeEach(() => vi.waitUntil(isFeedCurrent, { timeout: 5_000, interval: 1 }));

describe("a token that was checked before", () => {
  test("is answered from memory", async () => {
    const { bearer } = await aToken(await anOwner());
    await checkBearer(bearer, ORIGIN);
    const asked = await questionsDuring(async () => {
      for (let round = 0; round < 50; round += 1) {
        expect(await checkBearer(bearer, ORIGIN)).toMatchObject({ ok: true });
      }
    });
    expect(asked).toBe(0);
  });

  test("is refused from memory when its name is nobody's", async () => {
    const bearer = toBearer(mintSecret());
    await checkBearer(bearer, ORIGIN);
    const asked = await questionsDuring(async () => {
      expect(await checkBearer(bearer, ORIGIN)).toEqual({ ok: false, reason: "unknown" });
    });
    expect(asked).toBe(0);
  });

  test("is asked for once by everybody who asks at the same time", async () => {
    const { bearer } = await aToken(await anOwner());
    const asked = await questionsDuring(async () => {
      const checks = await Promise.all(
        Array.from({ length: 30 }, () => checkBearer(bearer, ORIGIN)),
      );
      expect(checks.every((check) => check.ok)).toBe(true);
    });
    expect(asked).toBe(1);
  });

  test("costs no question at all with a wrong checksum", async () => {
    const { bearer } = await aToken(await anOwner());
    const typo = bearer.replace(/.$/, (last) => (last === "b" ? "c" : "b"));
    const asked = await questionsDuring(async () => {
      expect(await checkBearer(typo, ORIGIN)).toEqual({ ok: false, reason: "malformed" });
    });
    expect(asked).toBe(0);
  });
});

describe("once a change has been answered, no check that begins later is from before it", () => {
  test("disable, enable, and delete of the token; disable and enable of its owner", async () => {
    const owner = await anOwner();
    for (let round = 0; round < 20; round += 1) {
      const { name, bearer } = await aToken(owner);
      const now = async () => {
        const check = await checkBearer(bearer, ORIGIN);
        return check.ok || check.reason;
      };
      const noise = setInterval(() => checkBearer(bearer, ORIGIN), 0);
      try {
        expect(await now()).toBe(true);
        await updateToken(owner, name, { enabled: false });
        expect(await now()).toBe("disabled");
        await updateToken(owner, name, { enabled: true });
        expect(await now()).toBe(true);
        await setUserEnabled(operatorActor(), { username: owner.username, enabled: false });
        expect(await now()).toBe("owner-disabled");
        await setUserEnabled(operatorActor(), { username: owner.username, enabled: true });
        expect(await now()).toBe(true);
        await deleteToken(owner, name);
        expect(await now()).toBe("unknown");
      } finally {
        clearInterval(noise);
      }
    }
  });

  test("a ttl that was shortened to less than its age", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner);
    await checkBearer(bearer, ORIGIN);
    await updateToken(owner, name, { ttlMs: 1 });
    await vi.waitUntil(async () => !(await checkBearer(bearer, ORIGIN)).ok, { timeout: 1_500 });
    expect(await checkBearer(bearer, ORIGIN)).toEqual({ ok: false, reason: "expired" });
  });
});

describe("a change that was made elsewhere", () => {
  test("is heard of: a disabled token, a disabled owner, another limit for idle sign-ins", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner, { kind: "session" });
    const reason = async () => {
      const check = await checkBearer(bearer, ORIGIN);
      return check.ok || check.reason;
    };
    expect(await reason()).toBe(true);
    await asDatabaseOwner((sql) => sql`update tokens set enabled = false where name = ${name}`);
    await vi.waitUntil(async () => (await reason()) === "disabled", {
      timeout: 1_000,
      interval: 1,
    });
    await asDatabaseOwner((sql) => sql`update tokens set enabled = true where name = ${name}`);
    await vi.waitUntil(async () => (await reason()) === true, { timeout: 1_000, interval: 1 });
    await asDatabaseOwner(
      (sql) => sql`update users set enabled = false where id = ${owner.userId}`,
    );
    await vi.waitUntil(async () => (await reason()) === "owner-disabled", {
      timeout: 1_000,
      interval: 1,
    });
    await asDatabaseOwner((sql) => sql`update users set enabled = true where id = ${owner.userId}`);
    await vi.waitUntil(async () => (await reason()) === true, { timeout: 1_000, interval: 1 });
  });

  test("is seen at once while the feed is lost, and nothing from before is remembered after", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner);
    expect(await checkBearer(bearer, ORIGIN)).toMatchObject({ ok: true });
    await loseFeed();
    await asDatabaseOwner((sql) => sql`update tokens set enabled = false where name = ${name}`);
    expect(await checkBearer(bearer, ORIGIN)).toEqual({ ok: false, reason: "disabled" });
    await vi.waitUntil(isFeedCurrent, { timeout: 5_000, interval: 1 });
    expect(await checkBearer(bearer, ORIGIN)).toEqual({ ok: false, reason: "disabled" });
  });
});

test("while the feed is lost, nobody is given an answer that somebody else asked for before", async () => {
  const { bearer } = await aToken(await anOwner());
  await loseFeed();
  const before = { ...credentialCacheCounts() };
  const checks = Array.from({ length: 5 }, () => checkBearer(bearer, ORIGIN));
  const { bypass, joined } = credentialCacheCounts();
  expect([bypass - before.bypass, joined - before.joined]).toEqual([5, 0]);
  expect((await Promise.all(checks)).every(({ ok }) => ok)).toBe(true);
});

test("a token that ends while this machine sleeps is refused when it wakes up", async () => {
  const { bearer, token } = await aToken(await anOwner(), { ttlMs: 2_000 });
  expect(await checkBearer(bearer, ORIGIN)).toMatchObject({ ok: true });
  // The clock of the process stands still while it sleeps; that of the database does not.
  const real = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => real() - HOUR_MS);
  try {
    const leftMs = Number(token.expiresAt) - Date.now();
    await sleep(leftMs + 700);
    expect(await checkBearer(bearer, ORIGIN)).toEqual({ ok: false, reason: "expired" });
  } finally {
    clock.mockRestore();
  }
});

describe("a sign-in that seems idle", () => {
  test("is asked for again: it may have been used on another process", async () => {
    try {
      const { name, bearer } = await aToken(await anOwner(), { kind: "session" });
      await setSetting("auth-user-session-idle-ttl-minutes", "1");
      await asDatabaseOwner(
        (sql) => sql`update tokens set created_at = created_at - interval '2 minutes'
          where name = ${name}`,
      );
      await vi.waitUntil(async () => !(await checkBearer(bearer, ORIGIN)).ok, { timeout: 1_000 });
      // What another process does when it stores its last uses; nobody is told of those.
      await asDatabaseOwner(
        (sql) => sql`update token_uses set last_used_at = now()
          where token_id = (select id from tokens where name = ${name})`,
      );
      expect(await checkBearer(bearer, ORIGIN)).toMatchObject({ ok: true });
    } finally {
      await clearSettings();
    }
  });
});

async function loseFeed(): Promise<void> {
  await asDatabaseOwner(
    (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'latchkey feed' and datname = current_database()`,
  );
  await vi.waitUntil(() => !isFeedCurrent(), { timeout: 1_000, interval: 1 });
}

async function questionsDuring(work: () => Promise<void>): Promise<number> {
  const before = { ...credentialCacheCounts() };
  await work();
  const after = credentialCacheCounts();
  return after.miss + after.bypass - before.miss - before.bypass;
}
