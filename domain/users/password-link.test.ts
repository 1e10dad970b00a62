import { describe, expect, test } from "vitest";
import { agePasswordLink, auditEventsOf, everythingStored, rowsOf } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { changePassword } from "./change-password";
import { createPasswordLink, setPasswordByLink } from "./password-link";
import { signIn } from "./sign-in";

const PASSWORD = "the river runs at noon";
const DAY_MS = 24 * 3_600_000;
const ORIGIN = { requestId: "request-2", address: "192.0.2.9", userAgent: "a browser" };

async function aLink() {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  return { admin, owner, ...(await createPasswordLink(admin, owner.userId)) };
}

const use = (secret: unknown, password: unknown = PASSWORD) =>
  setPasswordByLink({ secret, password }, ORIGIN);

describe("a one-time link", () => {
  test("sets a password, with which its user signs in, and ends their sign-ins", async () => {
    const { owner, secret } = await aLink();
    const [token, session] = [await aToken(owner), await aToken(owner, { kind: "session" })];
    expect(await use(secret)).toBe(owner.username);
    const { userId } = await signIn({ username: owner.username, password: PASSWORD }, ORIGIN);
    expect(userId).toBe(owner.userId);
    expect(await authenticate(session.bearer, ORIGIN)).toBeNull();
    expect(await authenticate(token.bearer, ORIGIN)).not.toBeNull();
    expect((await auditEventsOf({ objectName: owner.userId }))[0]).toMatchObject({
      action: "user.change-password",
      actorId: owner.userId,
      address: ORIGIN.address,
      after: { endedSessions: [session.name] },
    });
  });

  test("works for a day, is stored as a hash, and is in no event", async () => {
    const { owner, secret, expiresAt } = await aLink();
    expect(Math.abs(expiresAt.getTime() - Date.now() - DAY_MS)).toBeLessThan(5_000);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const stored = await everythingStored();
    expect(stored).toContain(owner.userId);
    expect(stored).not.toContain(secret);
  });

  test("is refused alike when it is used, old, replaced, unknown or none at all", async () => {
    const [used, old, replaced] = [await aLink(), await aLink(), await aLink()];
    await use(used.secret);
    await agePasswordLink(old.owner.userId, DAY_MS + 1_000);
    await createPasswordLink(replaced.admin, replaced.owner.userId);
    const superseded = await aLink();
    await changePassword(operatorActor(), { username: superseded.owner.username });
    const secrets = [used.secret, old.secret, replaced.secret, superseded.secret];
    const odd = ["x".repeat(43), "", "x".repeat(5_000), "\u0000", "\ud800", null, undefined, 7];
    const refusals = await Promise.all(
      [...secrets, ...odd].map((secret) => refusalOf(use(secret))),
    );
    const told = refusals.map(({ code, message, fields, missing }) => [
      code,
      message,
      fields,
      missing,
    ]);
    expect(new Set(told.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(refusals[0]?.code).toBe("notFound");
    const [row] = (await rowsOf("users")).filter(({ id }) => id === old.owner.userId);
    expect(row?.password_hash).toBe("none");
  });

  test("can be used again after a password that is refused, and says nothing of it", async () => {
    const { owner, secret } = await aLink();
    for (const password of ["short", `${owner.username}`, "passwordpassword", 7, null]) {
      const refusal = await refusalOf(use(secret, password));
      expect(refusal).toMatchObject({ code: "invalid", fields: [{ path: "password" }] });
      expect(JSON.stringify(refusal.fields)).not.toContain(secret);
    }
    expect(await use(secret)).toBe(owner.username);
  });

  test("used by two at once sets one password", async () => {
    const { owner, secret } = await aLink();
    const passwords = [`${PASSWORD}, one`, `${PASSWORD}, two`];
    const outcomes = await Promise.allSettled(passwords.map((text) => use(secret, text)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = passwords[outcomes.findIndex(({ status }) => status === "fulfilled")];
    const session = await signIn({ username: owner.username, password: winner }, ORIGIN);
    expect(session.userId).toBe(owner.userId);
  });

  test("is made by admins and the operator alone, for somebody who is there", async () => {
    const [owner, admin] = [await anOwner(), await anAdmin()];
    expect((await refusalOf(createPasswordLink(owner, owner.userId))).code).toBe("forbidden");
    expect(await auditEventsOf({ actorId: owner.userId })).toMatchObject([
      { action: "user.create-password-link", outcome: "denied" },
    ]);
    expect((await refusalOf(createPasswordLink(admin, "user-nobody"))).code).toBe("notFound");
  });
});
