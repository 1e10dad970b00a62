import { describe, expect, test } from "vitest";
import { ageToken, clearSettings, everyValueStored, setSetting } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { publishedChecksum } from "../testing/published-checksum";
import { hashPassword } from "../users/password";
import { setUserEnabled } from "../users/set-enabled";
import { signIn } from "../users/sign-in";
import { authenticate } from "./authenticate";
import { deleteToken } from "./delete";
import { flushUses } from "./record-use";
import { mintSecret, parseBearer, toBearer } from "./secret";
import { updateToken } from "./update";

const ORIGIN = { requestId: "r-1", address: "198.51.100.7", userAgent: "curl/8" };
const MINUTE_MS = 60_000;

describe("a working token", () => {
  test("tells who presented it, from where, and until when", async () => {
    const owner = await anOwner({ role: "verifier" });
    const { bearer, name, token } = await aToken(owner);
    expect(await authenticate(bearer, ORIGIN)).toEqual({
      kind: "user",
      userId: owner.userId,
      username: owner.username,
      role: "verifier",
      tokenName: name,
      tokenExpiresAt: token.expiresAt,
      origin: ORIGIN,
    });
  });

  test("works until its very end by the clock of the database, and not after", async () => {
    const owner = await anOwner();
    const { bearer, name } = await aToken(owner, { ttlMs: 60 * MINUTE_MS });
    await ageToken(name, 59 * MINUTE_MS);
    expect(await authenticate(bearer, ORIGIN)).not.toBeNull();
    await ageToken(name, MINUTE_MS + 1);
    expect(await authenticate(bearer, ORIGIN)).toBeNull();
  });

  test("that never ends works whatever its age", async () => {
    try {
      await setSetting("auth-token-max-ttl-minutes", "0");
      const { bearer, name } = await aToken(await anOwner(), { ttlMs: -1 });
      await ageToken(name, 5_000_000 * MINUTE_MS);
      expect(await authenticate(bearer, ORIGIN)).toMatchObject({ tokenExpiresAt: null });
    } finally {
      await clearSettings();
    }
  });
});

describe("the same null refuses", () => {
  test("an unknown name", async () => {
    expect(await authenticate(toBearer(mintSecret()), ORIGIN)).toBeNull();
  });

  test("another secret with a right checksum under a known name", async () => {
    const { name } = await aToken(await anOwner());
    const random = mintSecret().value.slice(0, 47);
    const forged = `ext/${name}:${random}${publishedChecksum(name, random)}`;
    expect(parseBearer(forged)).not.toBeNull();
    expect(await authenticate(forged, ORIGIN)).toBeNull();
  });

  test("a disabled token, until it is enabled again", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner);
    await updateToken(owner, name, { enabled: false });
    expect(await authenticate(bearer, ORIGIN)).toBeNull();
    await updateToken(owner, name, { enabled: true });
    expect(await authenticate(bearer, ORIGIN)).not.toBeNull();
  });

  test("a deleted token", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner);
    await deleteToken(owner, name);
    expect(await authenticate(bearer, ORIGIN)).toBeNull();
  });

  test("an expired token, until an admin brings it back", async () => {
    const owner = await anOwner();
    const { name, bearer } = await aToken(owner, { ttlMs: 1_000 });
    await ageToken(name, MINUTE_MS);
    expect(await authenticate(bearer, ORIGIN)).toBeNull();
    await updateToken(await anAdmin(), name, { ttlMs: 60 * MINUTE_MS });
    expect(await authenticate(bearer, ORIGIN)).not.toBeNull();
  });

  test("the token of a disabled user", async () => {
    const owner = await anOwner();
    const { bearer } = await aToken(owner);
    await setUserEnabled(operatorActor(), { username: owner.username, enabled: false });
    expect(await authenticate(bearer, ORIGIN)).toBeNull();
  });

  test("anything that is stored in any table, presented as a secret", async () => {
    const owner = await anOwner({ passwordHash: await hashPassword("correct horse battery") });
    const { name } = await aToken(owner);
    await signIn({ username: owner.username, password: "correct horse battery" }, ORIGIN);
    const values = await everyValueStored();
    for (const stored of ["v1:sha256:", "$argon2id$", owner.userId, name]) {
      expect(values.some((value) => value.includes(stored))).toBe(true);
    }
    for (const value of values) {
      expect(await authenticate(`ext/${name}:${value}`, ORIGIN)).toBeNull();
      expect(await authenticate(value, ORIGIN)).toBeNull();
    }
  });
});

describe("a sign-in", () => {
  test("ends when it was idle for longer than the limit, and only a sign-in does", async () => {
    const owner = await anOwner();
    const session = await aToken(owner, { kind: "session" });
    const derived = await aToken(owner);
    for (const { name } of [session, derived]) await ageToken(name, 961 * MINUTE_MS);
    expect(await authenticate(session.bearer, ORIGIN)).toBeNull();
    expect(await authenticate(derived.bearer, ORIGIN)).not.toBeNull();
  });

  test("that is used goes on, whether the use is stored yet or not", async () => {
    const owner = await anOwner();
    const [stored, pending] = [
      await aToken(owner, { kind: "session" }),
      await aToken(owner, { kind: "session" }),
    ];
    await authenticate(stored.bearer, ORIGIN);
    await flushUses();
    await authenticate(pending.bearer, ORIGIN);
    for (const { name, bearer } of [stored, pending]) {
      await ageToken(name, 961 * MINUTE_MS);
      expect(await authenticate(bearer, ORIGIN)).not.toBeNull();
    }
  });

  test("follows the setting", async () => {
    const { bearer, name } = await aToken(await anOwner(), { kind: "session" });
    await ageToken(name, 10 * MINUTE_MS);
    try {
      await setSetting("auth-user-session-idle-ttl-minutes", "9");
      expect(await authenticate(bearer, ORIGIN)).toBeNull();
      await setSetting("auth-user-session-idle-ttl-minutes", "11");
      expect(await authenticate(bearer, ORIGIN)).not.toBeNull();
    } finally {
      await clearSettings();
    }
  });
});
