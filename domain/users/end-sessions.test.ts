import { expect, test } from "vitest";
import { auditEventsOf, withoutAudit } from "@/db/testing/rows";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { endOtherSessions, endSessionsOf } from "./end-sessions";

async function signedInTwice() {
  const owner = await anOwner();
  const here = await aToken(owner, { kind: "session" });
  const elsewhere = await aToken(owner, { kind: "session" });
  const token = await aToken(owner);
  const actor: UserActor = { ...owner, tokenName: here.name };
  const working = async () => {
    const bearers = { here, elsewhere, token };
    const found = await Promise.all(
      Object.entries(bearers).map(async ([name, { bearer }]) =>
        (await authenticate(bearer, owner.origin)) ? name : "",
      ),
    );
    return found.filter(Boolean);
  };
  return { actor, elsewhere, working };
}

test("signing out everywhere else leaves this sign-in, the tokens and other people alone", async () => {
  const { actor, elsewhere, working } = await signedInTwice();
  const other = await signedInTwice();
  expect(await endOtherSessions(actor)).toBe(1);
  expect(await working()).toEqual(["here", "token"]);
  expect(await other.working()).toEqual(["here", "elsewhere", "token"]);
  expect(await auditEventsOf({ objectName: elsewhere.name })).toMatchObject([
    { action: "token.delete", reason: "its owner signed out everywhere else" },
    { action: "token.create" },
  ]);
  expect(await auditEventsOf({ objectName: actor.userId })).toMatchObject([
    { action: "user.end-sessions", after: { endedSessions: [elsewhere.name] } },
  ]);
  expect(await endOtherSessions(actor)).toBe(0);
});

test("an administrator ends every sign-in of a user, and others none", async () => {
  const { actor, working } = await signedInTwice();
  const stranger = await anOwner();
  expect((await refusalOf(endSessionsOf(stranger, actor.userId))).code).toBe("forbidden");
  expect(await working()).toEqual(["here", "elsewhere", "token"]);
  expect(await endSessionsOf(await anAdmin(), actor.userId)).toBe(2);
  expect(await working()).toEqual(["token"]);
  const missing = endSessionsOf(await anAdmin(), "user-missing");
  expect((await refusalOf(missing)).code).toBe("notFound");
});

test("without its events nobody is signed out", async () => {
  const { actor, working } = await signedInTwice();
  await expect(withoutAudit(() => endOtherSessions(actor))).rejects.toMatchObject({
    code: "queryFailed",
  });
  expect(await working()).toEqual(["here", "elsewhere", "token"]);
});
