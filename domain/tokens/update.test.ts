import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ageToken,
  auditEventsOf,
  clearSettings,
  rowsOf,
  setSetting,
  withoutAudit,
} from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { getToken } from "./get";
import { updateToken } from "./update";

const MAX_MS = 7_776_000_000;
const MISSING = "token-bcdfghjklm";

describe("an update", () => {
  test("changes what is present and keeps the rest", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner, { description: "a", labels: { a: "b" } });
    const changed = await updateToken(owner, name, { enabled: false });
    expect(changed).toEqual({
      ...token,
      enabled: false,
      resourceVersion: changed.resourceVersion,
      updatedAt: changed.updatedAt,
    });
    expect(Number(changed.resourceVersion)).toBeGreaterThan(Number(token.resourceVersion));
    const back = await updateToken(owner, name, { enabled: true, description: "b", labels: {} });
    expect(back).toMatchObject({ enabled: true, description: "b", labels: {} });
    expect(await getToken(owner, name)).toEqual(back);
  });

  test("counts a changed ttl from creation", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner, { ttlMs: 3_600_000 });
    const changed = await updateToken(owner, name, { ttlMs: 60_000 });
    expect(changed.expiresAt?.getTime()).toBe(token.createdAt.getTime() + 60_000);
  });

  test("of an owner may end the token at once", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    await ageToken(name, 10_000);
    expect((await updateToken(owner, name, { ttlMs: 1 })).expired).toBe(true);
  });

  test("that changes nothing stores nothing", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner, { labels: { a: "b", c: "d" } });
    const same = { description: "", labels: { c: "d", a: "b" }, ttlMs: MAX_MS, enabled: true };
    expect(await updateToken(owner, name, same)).toEqual(token);
    expect(await auditEventsOf({ objectName: name })).toHaveLength(1);
  });

  test("has exactly one event with the values before and after", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner, { description: "a" });
    const changed = await updateToken(owner, name, { description: "b", ttlMs: 5_000 });
    const [event, ...earlier] = await auditEventsOf({ objectName: name });
    expect(earlier).toHaveLength(1);
    expect(event).toMatchObject({
      action: "token.update",
      outcome: "success",
      ownerId: owner.userId,
      actorToken: owner.tokenName,
      before: { description: "a", ttlMs: MAX_MS },
      after: { description: "b", ttlMs: 5_000 },
      reason: null,
    });
    expect(changed.resourceVersion).toBe(String(event?.seq));
  });

  test("without its event changes nothing", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    const update = () => updateToken(owner, name, { enabled: false });
    await expect(withoutAudit(update)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await getToken(owner, name)).toEqual(token);
  });

  test("as a dry run judges everything and stores nothing", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    const options = { dryRun: true };
    const would = await updateToken(owner, name, { description: "b", ttlMs: 1_000 }, options);
    expect(would).toMatchObject({ description: "b", ttlMs: 1_000 });
    expect(would.expiresAt?.getTime()).toBe(token.createdAt.getTime() + 1_000);
    expect(await getToken(owner, name)).toEqual(token);
    expect(await auditEventsOf({ objectName: name })).toHaveLength(1);
    const refused = updateToken(owner, name, { ttlMs: MAX_MS + 1 }, options);
    expect((await refusalOf(refused)).code).toBe("forbidden");
  });
});

describe("whose token it is", () => {
  test("an owner changes only own tokens: another's is as missing as one that is not there", async () => {
    const [owner, stranger] = [await anOwner(), await anOwner({ role: "verifier" })];
    const { name, token } = await aToken(owner);
    for (const input of [{ enabled: false }, { ttlMs: "bad" }, { ttlMs: MAX_MS + 1 }]) {
      const theirs = await refusalOf(updateToken(stranger, name, input));
      const missing = await refusalOf(updateToken(stranger, MISSING, input));
      expect(theirs.code).toBe("notFound");
      expect({ ...theirs, message: theirs.message.replace(name, MISSING) }).toEqual({
        ...missing,
        message: missing.message,
      });
    }
    expect(await getToken(owner, name)).toEqual(token);
  });

  test("an admin changes everybody's", async () => {
    const { name } = await aToken(await anOwner());
    expect((await updateToken(await anAdmin(), name, { enabled: false })).enabled).toBe(false);
  });
});

describe("immutable fields", () => {
  test("are refused all at once, each with its path", async () => {
    const admin = await anAdmin();
    const { name } = await aToken(admin, { kind: "ci" });
    const other = await anOwner();
    const input = { ownerId: other.userId, kind: "session", clusterName: "c-1" };
    const { code, fields } = await refusalOf(updateToken(admin, name, input));
    expect(code).toBe("invalid");
    expect(fields.map(({ path, type, message }) => [path, type, message])).toEqual([
      ["ownerId", "immutable", "field is immutable"],
      ["kind", "immutable", "field is immutable"],
      ["clusterName", "immutable", "field is immutable"],
    ]);
  });

  test("may be repeated unchanged", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner, { kind: "ci" });
    const { ownerId, kind, ownerPrincipal } = token;
    const same = { ownerId, kind, ownerPrincipal, clusterName: "" };
    expect(await updateToken(owner, name, same)).toEqual(token);
  });

  test("include the principal", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    const ownerPrincipal = { ...token.ownerPrincipal, displayName: "somebody else" };
    const { fields } = await refusalOf(updateToken(owner, name, { ownerPrincipal }));
    expect(fields).toMatchObject([{ path: "ownerPrincipal", type: "immutable" }]);
  });
});

describe("a changed ttl", () => {
  // Semantics section 3 as a table: actor, stored, requested, setting in minutes, outcome.
  const HOUR = 3_600_000;
  test.each([
    ["owner", HOUR, HOUR - 1, undefined, HOUR - 1],
    ["owner", HOUR, HOUR, undefined, HOUR],
    ["owner", HOUR, HOUR + 1, undefined, "forbidden"],
    ["owner", HOUR, MAX_MS + 1, undefined, "forbidden"],
    ["owner", HOUR, 1e15, undefined, "forbidden"],
    ["owner", HOUR, 0, undefined, "forbidden"],
    ["owner", MAX_MS, 0, undefined, MAX_MS],
    ["owner", HOUR, -1, undefined, "forbidden"],
    ["owner", HOUR, -5, undefined, "invalid"],
    ["owner", HOUR, 1.5, undefined, "invalid"],
    ["owner", HOUR, "1", undefined, "invalid"],
    ["owner", HOUR, 2 ** 53, undefined, "invalid"],
    ["owner", HOUR, null, undefined, HOUR],
    ["owner", HOUR, HOUR - 1, "0", HOUR - 1],
    ["owner", HOUR, HOUR + 1, "0", "forbidden"],
    ["owner", HOUR, 0, "0", "forbidden"],
    ["admin", HOUR, HOUR - 1, undefined, HOUR - 1],
    ["admin", HOUR, HOUR + 1, undefined, HOUR + 1],
    ["admin", HOUR, MAX_MS, undefined, MAX_MS],
    ["admin", HOUR, MAX_MS + 1, undefined, "invalid"],
    ["admin", HOUR, 0, undefined, MAX_MS],
    ["admin", HOUR, -1, undefined, "invalid"],
    ["admin", HOUR, -1, "0", -1],
    ["admin", HOUR, 0, "0", -1],
    ["admin", HOUR, 9 * MAX_MS, "0", 9 * MAX_MS],
    ["admin", HOUR, -5, "0", "invalid"],
    ["admin", HOUR, "1", undefined, "invalid"],
    ["admin", HOUR, 0.5, undefined, "invalid"],
  ] as const)("by %s from %s to %j with the setting %s", async (who, from, to, max, outcome) => {
    const owner = await anOwner();
    const actor = who === "admin" ? await anAdmin() : owner;
    const { name } = await aToken(owner, { ttlMs: from });
    try {
      if (max !== undefined) await setSetting("auth-token-max-ttl-minutes", max);
      const update = updateToken(actor, name, { ttlMs: to });
      if (typeof outcome === "number") expect((await update).ttlMs).toBe(outcome);
      else expect((await refusalOf(update)).code).toBe(outcome);
    } finally {
      await clearSettings();
    }
    expect((await getToken(owner, name)).ttlMs).toBe(typeof outcome === "number" ? outcome : from);
  });

  test("is not judged when it is the stored one, even above a lowered maximum", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner, { ttlMs: 3_600_000 });
    try {
      await setSetting("auth-token-max-ttl-minutes", "1");
      const changed = await updateToken(owner, name, { description: "b", ttlMs: 3_600_000 });
      expect(changed).toMatchObject({ description: "b", ttlMs: 3_600_000 });
      expect((await updateToken(owner, name, { ttlMs: 3_000_000 })).ttlMs).toBe(3_000_000);
    } finally {
      await clearSettings();
    }
  });

  test("that an owner may not set leaves one denied event on the token and its owner", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner, { ttlMs: 1_000 });
    const refusal = await refusalOf(updateToken(owner, name, { ttlMs: 2_000, description: "b" }));
    expect(refusal.message).toBe("only an administrator can extend spec.ttl");
    expect(refusal.fields).toMatchObject([{ path: "ttlMs", type: "forbidden" }]);
    const [event, ...earlier] = await auditEventsOf({ objectName: name });
    expect(event).toMatchObject({
      action: "token.update",
      outcome: "denied",
      reason: "only an administrator can extend spec.ttl",
      ownerId: owner.userId,
    });
    expect(earlier).toHaveLength(1);
    expect((await getToken(owner, name)).resourceVersion).toBe(token.resourceVersion);
  });

  test("by an admin brings an expired token back, and the event says so", async () => {
    const [owner, admin] = [await anOwner(), await anAdmin()];
    const { name } = await aToken(owner, { ttlMs: 1_000 });
    await ageToken(name, 60_000);
    expect((await getToken(owner, name)).expired).toBe(true);
    expect((await updateToken(admin, name, { ttlMs: 3_600_000 })).expired).toBe(false);
    const [event] = await auditEventsOf({ objectName: name });
    expect(event?.reason).toBe("brought back an expired token");
  });
});

describe("two changes at once", () => {
  test("of one version: exactly one wins, the others are conflicts", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    const { resourceVersion } = token;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) =>
        updateToken(owner, name, { description: `by ${at}`, resourceVersion }),
      ),
    );
    const winners = outcomes.flatMap((outcome) =>
      outcome.status === "fulfilled" ? [outcome.value] : [],
    );
    const codes = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason.code] : [],
    );
    expect(winners).toHaveLength(1);
    expect(codes).toEqual(Array(7).fill("conflict"));
    expect(await getToken(owner, name)).toEqual(winners[0]);
    expect(await auditEventsOf({ objectName: name })).toHaveLength(2);
  });

  test("without a version: all are made, one after the other", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const descriptions = ["a", "b", "c", "d"];
    await Promise.all(descriptions.map((description) => updateToken(owner, name, { description })));
    const events = await auditEventsOf({ objectName: name });
    const after = events.map((event) => event.after?.description);
    const before = events.map((event) => event.before?.description);
    expect(after.slice(0, 4).sort()).toEqual(descriptions);
    expect(before.slice(0, 3)).toEqual(after.slice(1, 4));
    expect((await getToken(owner, name)).description).toBe(after[0]);
  });

  test("a stale version is a conflict, and any text is compared as text", async () => {
    const owner = await anOwner();
    const { name, token } = await aToken(owner);
    await updateToken(owner, name, { description: "b", resourceVersion: token.resourceVersion });
    for (const resourceVersion of [token.resourceVersion, "0", "x", ` ${token.resourceVersion}`]) {
      const update = updateToken(owner, name, { description: "c", resourceVersion });
      expect((await refusalOf(update)).code).toBe("conflict");
    }
  });
});

test("no field outside the list can be changed, whatever else is sent", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  const [before] = (await rowsOf("tokens")).filter((row) => row.name === name);
  const hostileKey = fc.constantFrom(
    "hash",
    "role",
    "userId",
    "createdAt",
    "expiresAt",
    "uid",
    "name",
    "id",
    "__proto__",
    "constructor",
    "idempotencyKey",
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(hostileKey, fc.jsonValue()), async (hostile) => {
      await updateToken(owner, name, hostile);
    }),
    { numRuns: 100 },
  );
  const [after] = (await rowsOf("tokens")).filter((row) => row.name === name);
  expect(after).toEqual(before);
});
