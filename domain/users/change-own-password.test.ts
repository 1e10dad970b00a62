import { describe, expect, test } from "vitest";
import { query } from "@/db/client";
import { auditEventsOf, everythingStored, withoutAudit } from "@/db/testing/rows";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { findUser, updateUser } from "@/db/users";
import type { UserActor } from "../actor";
import { anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { changeOwnPassword } from "./change-own-password";
import { hashPassword, isPassword } from "./password";

const OLD = "correct horse battery";
const NEW = "seventeen llamas hum";
const oldHash = hashPassword(OLD);

/** Somebody at a browser, signed in twice and with a token. */
async function aPerson(passwordHash?: string | null) {
  const owner = await anOwner();
  const stored = passwordHash === undefined ? await oldHash : passwordHash;
  await query((db) => updateUser(db, owner.userId, { passwordHash: stored }));
  const here = await aToken(owner, { kind: "session" });
  const elsewhere = await aToken(owner, { kind: "session" });
  const token = await aToken(owner);
  const origin = { ...owner.origin, isBrowser: true };
  const actor: UserActor = { ...owner, tokenName: here.name, origin };
  const works = async (bearer: string) => (await authenticate(bearer, origin)) !== null;
  return { actor, here, elsewhere, token, works };
}

async function hasPassword(actor: UserActor, password: string): Promise<boolean> {
  const user = await query((db) => findUser(db, actor.userId));
  return isPassword(password, user?.passwordHash ?? null);
}

describe("a changed password", () => {
  test("ends every other sign-in at once, and neither this one nor a token", async () => {
    const { actor, here, elsewhere, token, works } = await aPerson();
    await changeOwnPassword(actor, { current: OLD, password: NEW });
    expect(await hasPassword(actor, NEW)).toBe(true);
    expect(await works(elsewhere.bearer)).toBe(false);
    expect([await works(here.bearer), await works(token.bearer)]).toEqual([true, true]);
    const events = await auditEventsOf({ objectName: actor.userId });
    expect(events).toMatchObject([
      { action: "user.change-password", after: { endedSessions: [elsewhere.name] } },
    ]);
    expect(await everythingStored()).not.toContain(NEW);
  });

  test("wants the present one, and a wrong one is counted and recorded", async () => {
    const { actor, elsewhere, works } = await aPerson();
    for (const current of ["wrong", "", undefined]) {
      const refusal = await refusalOf(changeOwnPassword(actor, { current, password: NEW }));
      expect(refusal).toMatchObject({ code: "invalid", fields: [{ path: "current" }] });
    }
    expect(await hasPassword(actor, OLD)).toBe(true);
    expect(await works(elsewhere.bearer)).toBe(true);
    expect((await auditEventsOf({ actorId: actor.userId }))[0]).toMatchObject({
      action: "session.prove",
      outcome: "failure",
      reason: "wrong password",
    });
  });

  test("cannot be had by guessing the present one from a browser left open", async () => {
    const { actor } = await aPerson();
    const codes: string[] = [];
    for (let tries = 0; tries < 30; tries += 1) {
      const change = changeOwnPassword(actor, { current: `guess ${tries}`, password: NEW });
      codes.push((await refusalOf(change)).code);
    }
    expect(codes.at(-1)).toBe("tooManyRequests");
    const right = changeOwnPassword(actor, { current: OLD, password: NEW });
    expect((await refusalOf(right)).code).toBe("tooManyRequests");
    expect(await hasPassword(actor, OLD)).toBe(true);
  }, 60_000);

  test.each([
    ["too short", "short"],
    ["common", "passwordpassword"],
    ["empty", ""],
  ])("is refused when it is %s, without trying the present one", async (_what, password) => {
    const { actor } = await aPerson();
    const refusal = await refusalOf(changeOwnPassword(actor, { current: OLD, password }));
    expect(refusal).toMatchObject({ code: "invalid", fields: [{ path: "password" }] });
    expect(await auditEventsOf({ objectName: actor.tokenName })).not.toContainEqual(
      expect.objectContaining({ action: "session.prove" }),
    );
  });

  test("without its event changes nothing and ends nothing", async () => {
    const { actor, elsewhere, works } = await aPerson();
    const change = () => changeOwnPassword(actor, { current: OLD, password: NEW });
    await expect(withoutAudit(change)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await hasPassword(actor, OLD)).toBe(true);
    expect(await works(elsewhere.bearer)).toBe(true);
  });

  test("ends a one-time link that was still open", async () => {
    const { actor } = await aPerson();
    await asDatabaseOwner(
      (sql) => sql`insert into password_links (user_id, secret_hash, expires_at)
        values (${actor.userId}, ${`hash of ${actor.userId}`}, now() + interval '1 day')`,
    );
    await changeOwnPassword(actor, { current: OLD, password: NEW });
    const left = await asDatabaseOwner(
      (sql) => sql`select 1 from password_links where user_id = ${actor.userId}`,
    );
    expect(left).toHaveLength(0);
  });
});

describe("a first password, of somebody who has none", () => {
  test("is set with a recent proof alone", async () => {
    const { actor } = await aPerson(null);
    await changeOwnPassword(actor, { password: NEW });
    expect(await hasPassword(actor, NEW)).toBe(true);
  });

  test("is refused when the sign-in is older than that", async () => {
    const { actor, here } = await aPerson(null);
    await asDatabaseOwner(
      (sql) => sql`update tokens set created_at = created_at - interval '16 minutes'
        where name = ${here.name}`,
    );
    const change = changeOwnPassword(actor, { password: NEW });
    expect((await refusalOf(change)).code).toBe("proofRequired");
    expect(await hasPassword(actor, NEW)).toBe(false);
  });
});
