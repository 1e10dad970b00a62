import { describe, expect, test } from "vitest";
import { query } from "@/db/client";
import { auditEventsOf, clearSettings, setSetting, withoutAudit } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { findUser, updateUser } from "@/db/users";
import type { Origin } from "../actor";
import { anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { createToken } from "../tokens/create";
import { isOwnIdentity, linkIdentity, unlinkIdentity } from "./link-identity";
import { signInWithIdentity } from "./sign-in-with-identity";

const ISSUER = "https://id.example.com";
const ORIGIN: Origin = { requestId: "r", address: "192.0.2.7", userAgent: "a browser" };
const NO_GROUP = { adminGroup: null };
const GROUP = { adminGroup: "admins" };

let subjects = 0;
function claimsOf(more: Record<string, unknown> = {}) {
  subjects += 1;
  return { iss: ISSUER, sub: `subject-${process.pid}-${subjects}`, ...more };
}

const userOf = (id: string) => query((db) => findUser(db, id));

async function identityCount(subject: string): Promise<number> {
  return asDatabaseOwner(
    async (sql) => (await sql`select 1 from identities where subject = ${subject}`).length,
  );
}

describe("a sign-in at the identity provider", () => {
  test("is a session of a new user at first and of the same user after that, whatever changes but the subject", async () => {
    const claims = claimsOf({ preferred_username: "ada-at-work", name: "Ada", email: "a@b.test" });
    const first = await signInWithIdentity(claims, NO_GROUP, ORIGIN);
    expect(await userOf(first.userId)).toMatchObject({
      username: "ada-at-work",
      displayName: "Ada",
      role: "user",
      passwordHash: null,
    });
    expect(await authenticate(first.bearer, ORIGIN)).toMatchObject({ userId: first.userId });
    const renamed = { ...claims, preferred_username: "countess", email: "c@d.test" };
    expect((await signInWithIdentity(renamed, NO_GROUP, ORIGIN)).userId).toBe(first.userId);
    const elsewhere = { ...claims, iss: "https://other.example.com" };
    expect((await signInWithIdentity(elsewhere, NO_GROUP, ORIGIN)).userId).not.toBe(first.userId);
  });

  test("never becomes an account that has the same name or address", async () => {
    const owner = await anOwner({ role: "admin" });
    const claims = claimsOf({
      preferred_username: owner.username.toUpperCase(),
      email: owner.username,
    });
    const session = await signInWithIdentity(claims, NO_GROUP, ORIGIN);
    expect(session.userId).not.toBe(owner.userId);
    expect((await userOf(session.userId))?.role).toBe("user");
  });

  test("of one new person twenty times at once makes one user", async () => {
    const claims = claimsOf({ preferred_username: "many-at-once" });
    const sessions = await Promise.all(
      Array.from({ length: 20 }, () => signInWithIdentity(claims, NO_GROUP, ORIGIN)),
    );
    expect(new Set(sessions.map(({ userId }) => userId)).size).toBe(1);
    expect(await identityCount(claims.sub)).toBe(1);
  });

  test("of ten new people of one name at once makes ten users", async () => {
    await anOwner({ username: "namesake" });
    const sessions = await Promise.all(
      Array.from({ length: 10 }, () =>
        signInWithIdentity(claimsOf({ preferred_username: "Namesake" }), NO_GROUP, ORIGIN),
      ),
    );
    expect(new Set(sessions.map(({ userId }) => userId)).size).toBe(10);
  });

  test.each([
    ["control characters and spaces", "a\u0000b c\nd", /^a-?b-c-d/],
    ["nothing that a name may have", "\u202e//\ud800", /./],
    ["a name of ten thousand characters", "x".repeat(10_000), /^x{50,128}/],
  ])(
    "with %s as its name makes a user all the same",
    async (_what, preferred_username, expected) => {
      const session = await signInWithIdentity(claimsOf({ preferred_username }), NO_GROUP, ORIGIN);
      expect((await userOf(session.userId))?.username).toMatch(expected);
    },
  );

  test.each([
    ["no subject", { sub: undefined }],
    ["a subject that is no text", { sub: 7 }],
    ["no issuer", { iss: "" }],
  ])("with %s is refused", async (_what, more) => {
    const work = signInWithIdentity(claimsOf(more), NO_GROUP, ORIGIN);
    expect((await refusalOf(work)).code).toBe("unauthenticated");
  });

  test("of a disabled user is refused and recorded", async () => {
    const claims = claimsOf();
    const { userId } = await signInWithIdentity(claims, NO_GROUP, ORIGIN);
    await query((db) => updateUser(db, userId, { enabled: false }));
    const work = signInWithIdentity(claims, NO_GROUP, ORIGIN);
    expect((await refusalOf(work)).code).toBe("unauthenticated");
    expect((await auditEventsOf({ objectName: userId }))[0]).toMatchObject({
      action: "session.sign-in",
      outcome: "failure",
      reason: "user is disabled",
    });
  });

  test("without its events makes nobody", async () => {
    const claims = claimsOf();
    const work = () => signInWithIdentity(claims, NO_GROUP, ORIGIN);
    await expect(withoutAudit(work)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await identityCount(claims.sub)).toBe(0);
  });

  test("is who the owner of its tokens is said to be", async () => {
    const claims = claimsOf({ preferred_username: "principal", name: "P" });
    const session = await signInWithIdentity(claims, NO_GROUP, ORIGIN);
    const actor = await authenticate(session.bearer, ORIGIN);
    if (!actor) throw new Error("the sign-in does not work");
    const { token } = await createToken(actor, {});
    expect(token.ownerPrincipal).toEqual({
      name: `oidc_user://${claims.sub}`,
      displayName: "P",
      loginName: "principal",
      principalType: "user",
      provider: "oidc",
    });
  });
});

describe("the administrators' group", () => {
  test("gives the role at a sign-in and takes it at the next one without it", async () => {
    await anOwner({ role: "admin" });
    const claims = claimsOf();
    const { userId } = await signInWithIdentity({ ...claims, groups: ["admins"] }, GROUP, ORIGIN);
    expect(await userOf(userId)).toMatchObject({ role: "admin", roleFromGroup: true });
    await signInWithIdentity({ ...claims, groups: ["others"] }, GROUP, ORIGIN);
    expect(await userOf(userId)).toMatchObject({ role: "user", roleFromGroup: false });
    expect((await auditEventsOf({ objectName: userId }))[0]).toMatchObject({
      action: "user.update",
      before: { role: "admin" },
      after: { role: "user" },
      reason: "left the administrators' group",
    });
  });

  test("does not take a role that it did not give", async () => {
    const claims = claimsOf();
    const { userId } = await signInWithIdentity(claims, GROUP, ORIGIN);
    await query((db) => updateUser(db, userId, { role: "admin" }));
    await signInWithIdentity(claims, GROUP, ORIGIN);
    expect((await userOf(userId))?.role).toBe("admin");
  });

  test("is not looked at when none is configured, nor matched in part", async () => {
    for (const [groups, policy] of [
      [["admins"], NO_GROUP],
      [["admins2", "Admins", ""], GROUP],
      [{ admins: true }, GROUP],
    ] as const) {
      const { userId } = await signInWithIdentity({ ...claimsOf(), groups }, policy, ORIGIN);
      expect((await userOf(userId))?.role).toBe("user");
    }
  });

  test("does not take the role of the last enabled administrator", async () => {
    const claims = claimsOf();
    const { userId } = await signInWithIdentity({ ...claims, groups: ["admins"] }, GROUP, ORIGIN);
    await asDatabaseOwner(
      (sql) => sql`update users set role = 'user' where role = 'admin' and id <> ${userId}`,
    );
    await signInWithIdentity(claims, GROUP, ORIGIN);
    expect((await userOf(userId))?.role).toBe("admin");
    expect(await auditEventsOf({ objectName: userId })).toContainEqual(
      expect.objectContaining({ action: "user.update", outcome: "denied" }),
    );
  });
});

describe("linking an identity", () => {
  test("lets its person in to the account, and unlinking ends that", async () => {
    const owner = await anOwner();
    const claims = claimsOf({ preferred_username: "linked" });
    await linkIdentity(owner, claims);
    expect(await isOwnIdentity(owner, claims)).toBe(true);
    expect((await signInWithIdentity(claims, NO_GROUP, ORIGIN)).userId).toBe(owner.userId);
    await unlinkIdentity(owner, { issuer: claims.iss, subject: claims.sub });
    expect(await isOwnIdentity(owner, claims)).toBe(false);
    const after = await signInWithIdentity(claims, NO_GROUP, ORIGIN);
    expect(after.userId).not.toBe(owner.userId);
    expect((await auditEventsOf({ objectName: owner.userId })).map(({ action }) => action)).toEqual(
      expect.arrayContaining(["user.link-identity", "user.unlink-identity"]),
    );
  });

  test("refuses one of another account, and leaves it there", async () => {
    const [owner, other] = [await anOwner(), await anOwner()];
    const claims = claimsOf();
    await linkIdentity(other, claims);
    expect((await refusalOf(linkIdentity(owner, claims))).code).toBe("alreadyExists");
    const theirs = { issuer: claims.iss, subject: claims.sub };
    expect((await refusalOf(unlinkIdentity(owner, theirs))).code).toBe("notFound");
    expect(await isOwnIdentity(other, claims)).toBe(true);
  });

  test("cannot be undone where nothing else would let its person in", async () => {
    const claims = claimsOf();
    const session = await signInWithIdentity(claims, NO_GROUP, ORIGIN);
    const actor = await authenticate(session.bearer, ORIGIN);
    if (!actor) throw new Error("the sign-in does not work");
    const key = { issuer: claims.iss, subject: claims.sub };
    expect((await refusalOf(unlinkIdentity(actor, key))).code).toBe("forbidden");
    const owner = await anOwner();
    const more = claimsOf();
    await linkIdentity(owner, more);
    await setSetting("local-sign-in", "false");
    try {
      const own = { issuer: more.iss, subject: more.sub };
      expect((await refusalOf(unlinkIdentity(owner, own))).code).toBe("forbidden");
    } finally {
      await clearSettings();
    }
  });
});
