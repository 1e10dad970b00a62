import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  auditEventsOf,
  clearSettings,
  everythingStored,
  rowsOf,
  setSetting,
  whileUserIsBeingDisabled,
  withoutAudit,
} from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { verifyAuditTrail } from "../audit/verify";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { setUserEnabled } from "../users/set-enabled";
import { createToken } from "./create";
import { getToken } from "./get";
import { listTokens } from "./list";
import { hashSecret } from "./secret";

const MAX_MS = 7_776_000_000;
const ALL = { kind: "all", sort: "name", descending: false } as const;

async function namesOf(actor: Parameters<typeof listTokens>[0]): Promise<string[]> {
  const { tokens } = await listTokens(actor, ALL, { size: 1_000, ownOnly: true });
  return tokens.map((token) => token.name);
}

async function disable(username: string): Promise<void> {
  await setUserEnabled(operatorActor(), { username, enabled: false });
}

describe("a new token", () => {
  test("has the defaults of the rules", async () => {
    const owner = await anOwner();
    const { token } = await aToken(owner);
    expect(token).toMatchObject({
      ownerId: owner.userId,
      ownerName: owner.username,
      kind: "",
      description: "",
      ttlMs: MAX_MS,
      enabled: true,
      labels: {},
      annotations: {},
      expired: false,
      current: false,
      lastUsedAt: null,
    });
    expect(token.expiresAt?.getTime()).toBe(token.createdAt.getTime() + MAX_MS);
    expect(token.createdAt.getMilliseconds()).toBe(0);
    expect(await getToken(owner, token.name)).toEqual(token);
  });

  test("keeps what was asked for", async () => {
    const owner = await anOwner();
    const wanted = {
      kind: "ci",
      description: "deploys",
      ttlMs: 90_000,
      enabled: false,
      labels: { team: "a" },
      annotations: { "example.com/note": "ü" },
    };
    const { token } = await aToken(owner, { ...wanted, ownerId: owner.userId });
    expect(token).toMatchObject(wanted);
  });

  test("takes its principal from the requester alone", async () => {
    const owner = await anOwner();
    const { token } = await aToken(owner, { ownerPrincipal: { name: "forged" } });
    expect(token.ownerPrincipal).toEqual({
      name: `local://${owner.userId}`,
      displayName: owner.username,
      loginName: owner.username,
      principalType: "user",
      provider: "local",
    });
  });

  test("is stored with a hash of its secret, and the secret is nowhere", async () => {
    const owner = await anOwner();
    const { secret, name } = await aToken(owner);
    const everything = await everythingStored();
    expect(everything).toContain(hashSecret(secret));
    expect(everything).not.toContain(secret.value);
    const [row] = (await rowsOf("tokens")).filter((candidate) => candidate.name === name);
    expect(row?.hash).toBe(hashSecret(secret));
  });

  test("has exactly one event, which tells everything but the secret and its hash", async () => {
    const owner = await anOwner();
    const { name, token, secret } = await aToken(owner, { description: "deploys" });
    const events = await auditEventsOf({ actorId: owner.userId });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      actorName: owner.username,
      actorToken: owner.tokenName,
      action: "token.create",
      objectKind: "token",
      objectName: name,
      ownerId: owner.userId,
      outcome: "success",
      before: null,
      after: { description: "deploys", ttlMs: MAX_MS, enabled: true },
      address: "192.0.2.1",
      userAgent: "a test",
      requestId: "request-1",
    });
    expect(JSON.stringify(events)).not.toContain(secret.value);
    expect(JSON.stringify(events)).not.toContain("sha256");
    expect(token.resourceVersion).toBe(String(events[0]?.seq));
  });
});

describe("the order of checks", () => {
  const bad = { ttlMs: -5, description: "\u0000", ownerId: "user-other" };

  test("an actor without a user is forbidden before its input is looked at", async () => {
    const refusal = await refusalOf(createToken(operatorActor(), bad));
    expect(refusal.code).toBe("forbidden");
    expect(refusal.message).toBe(
      "tokens.ext.cattle.io is forbidden: user system:operator is not a Latchkey user",
    );
  });

  test("a user disabled since the check of the token is forbidden before the input too", async () => {
    const owner = await anOwner();
    await disable(owner.username);
    for (const options of [{}, { dryRun: true }]) {
      for (const input of [{}, bad]) {
        const refusal = await refusalOf(createToken(owner, input, options));
        expect(refusal.code).toBe("forbidden");
        expect(refusal.message).toBe(
          `tokens.ext.cattle.io is forbidden: user ${owner.username} is not a Latchkey user`,
        );
      }
    }
  });

  test("a user disabled while the token is being made gets none", async () => {
    const owner = await anOwner();
    const refusal = await refusalOf(
      whileUserIsBeingDisabled(owner.userId, () => createToken(owner, {})),
    );
    expect(refusal.code).toBe("forbidden");
    expect(await namesOf(owner)).toEqual([]);
    expect(await auditEventsOf({ actorId: owner.userId })).toMatchObject([{ outcome: "denied" }]);
  });

  test("bad input is refused before the owner, with every field at once", async () => {
    const refusal = await refusalOf(createToken(await anOwner(), bad));
    expect(refusal.code).toBe("invalid");
    expect(refusal.fields.map((field) => field.path).sort()).toEqual(["description", "ttlMs"]);
  });

  test("another user's id is forbidden, for an admin too, and for an id that is nobody's", async () => {
    const other = await anOwner();
    for (const actor of [await anOwner(), await anAdmin()]) {
      for (const ownerId of [other.userId, "user-nobody"]) {
        const refusal = await refusalOf(createToken(actor, { ownerId }));
        expect(refusal.code).toBe("forbidden");
      }
    }
    expect(await namesOf(other)).toEqual([]);
  });

  test("each refusal of who one is leaves one denied event", async () => {
    const owner = await anOwner();
    await refusalOf(createToken(owner, { ownerId: "user-other" }));
    await disable(owner.username);
    await refusalOf(createToken(owner, {}));
    const events = await auditEventsOf({ actorId: owner.userId });
    expect(events.map((event) => [event.action, event.outcome])).toEqual([
      ["token.create", "denied"],
      ["token.create", "denied"],
    ]);
  });
});

describe("the ttl", () => {
  test.each([
    [undefined, MAX_MS],
    [null, MAX_MS],
    [0, MAX_MS],
    [1, 1],
    [MAX_MS, MAX_MS],
  ])("%s is stored as %s", async (ttlMs, stored) => {
    const { token } = await aToken(await anOwner(), { ttlMs });
    expect(token.ttlMs).toBe(stored);
  });

  test.each([MAX_MS + 1, -1, -5, 1.5, 2 ** 53, "60000", "1e9", true])(
    "%j is refused and nothing is stored",
    async (ttlMs) => {
      const owner = await anOwner();
      const refusal = await refusalOf(createToken(owner, { ttlMs }));
      expect(refusal.code).toBe("invalid");
      expect(refusal.fields).toMatchObject([{ path: "ttlMs", value: ttlMs }]);
      expect(await namesOf(owner)).toEqual([]);
      expect(await auditEventsOf({ actorId: owner.userId })).toEqual([]);
    },
  );

  test("follows the setting, and 0 or less there is no maximum", async () => {
    const owner = await anOwner();
    try {
      await setSetting("auth-token-max-ttl-minutes", "1");
      expect((await aToken(owner)).token.ttlMs).toBe(60_000);
      const { fields } = await refusalOf(createToken(owner, { ttlMs: 60_001 }));
      expect(fields[0]?.message).toBe("must be between 1 and 60000 (auth-token-max-ttl-minutes)");
      for (const none of ["0", "-1"]) {
        await setSetting("auth-token-max-ttl-minutes", none);
        for (const ttlMs of [0, -1, undefined]) {
          const { token } = await aToken(owner, { ttlMs });
          expect(token).toMatchObject({ ttlMs: -1, expiresAt: null, expired: false });
        }
        expect((await aToken(owner, { ttlMs: MAX_MS * 9 })).token.ttlMs).toBe(MAX_MS * 9);
        expect((await refusalOf(createToken(owner, { ttlMs: -2 }))).code).toBe("invalid");
      }
    } finally {
      await clearSettings();
    }
  });
});

describe("a dry run", () => {
  test("returns the would-be token without a secret and stores nothing", async () => {
    const owner = await anOwner();
    const before = await Promise.all([rowsOf("tokens"), rowsOf("audit_events")]);
    const { token, secret } = await createToken(owner, { ttlMs: 5_000 }, { dryRun: true });
    expect(secret).toBeNull();
    expect(token).toMatchObject({ ownerId: owner.userId, ttlMs: 5_000, enabled: true });
    expect(await Promise.all([rowsOf("tokens"), rowsOf("audit_events")])).toEqual(before);
  });

  test("runs every check", async () => {
    const owner = await anOwner();
    const dryRun = (input: unknown) => refusalOf(createToken(owner, input, { dryRun: true }));
    expect((await dryRun({ ttlMs: -5 })).code).toBe("invalid");
    expect((await dryRun({ ownerId: "user-other" })).code).toBe("forbidden");
  });
});

describe("the event and the token", () => {
  test("are stored together: without the event there is no token", async () => {
    const owner = await anOwner();
    const before = await rowsOf("audit_events");
    await expect(withoutAudit(() => createToken(owner, {}))).rejects.toMatchObject({
      code: "queryFailed",
    });
    expect(await namesOf(owner)).toEqual([]);
    expect(await rowsOf("audit_events")).toEqual(before);
  });

  test("of concurrent creates have numbers without gaps, in one unbroken chain", async () => {
    const owners = await Promise.all(Array.from({ length: 20 }, () => anOwner()));
    const { events: before } = await verifyAuditTrail();
    const created = await Promise.all(owners.map((owner) => aToken(owner)));
    const versions = created.map(({ token }) => Number(token.resourceVersion));
    expect(versions.sort((a, b) => a - b)).toEqual(versions.map((_, at) => before + 1 + at));
    expect(await verifyAuditTrail()).toMatchObject({ events: before + 20, brokenAt: null });
  });
});

describe("a repeated submit", () => {
  test("makes one token and one event, and tells the value once", async () => {
    const owner = await anOwner();
    const input = { idempotencyKey: randomUUID() };
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => createToken(owner, input)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason.code).toBe("alreadyExists");
    }
    expect(await namesOf(owner)).toHaveLength(1);
    expect(await auditEventsOf({ actorId: owner.userId })).toHaveLength(1);
  });

  test("of another owner or another form is another token", async () => {
    const [owner, other] = [await anOwner(), await anOwner()];
    const input = { idempotencyKey: randomUUID() };
    await aToken(owner, input);
    await aToken(other, input);
    await aToken(owner, { idempotencyKey: randomUUID() });
    expect(await namesOf(owner)).toHaveLength(2);
    expect(await namesOf(other)).toHaveLength(1);
  });
});
