import { expect, test } from "vitest";
import { auditEventsOf } from "@/db/testing/rows";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { endOtherSessions, endSessionsOf } from "./end-sessions";

const aSession = (owner: UserActor) => aToken(owner, { kind: "session" });
const works = async (bearer: string, { origin }: UserActor) =>
  (await authenticate(bearer, origin)) !== null;

test("an administrator ends every sign-in of a user and nothing else", async () => {
  const [admin, owner, other] = [await anAdmin(), await anOwner(), await anOwner()];
  const ended = [await aSession(owner), await aSession(owner)];
  const kept = [await aToken(owner), await aSession(other)];
  expect(await endSessionsOf(admin, owner.userId)).toBe(2);
  for (const { bearer } of ended) expect(await works(bearer, owner)).toBe(false);
  for (const { bearer } of kept) expect(await works(bearer, owner)).toBe(true);
  const [event] = await auditEventsOf({ objectName: owner.userId });
  expect(event).toMatchObject({ action: "user.end-sessions", actorId: admin.userId });
  expect(event?.after).toEqual({
    endedSessions: expect.arrayContaining(ended.map(({ name }) => name)),
  });
  expect(await endSessionsOf(admin, owner.userId)).toBe(0);
});

test("a user ends their other sign-ins and keeps this one", async () => {
  const owner = await anOwner();
  const [own, other] = [await aSession(owner), await aSession(owner)];
  expect(await endOtherSessions({ ...owner, tokenName: own.name })).toBe(1);
  expect([await works(own.bearer, owner), await works(other.bearer, owner)]).toEqual([true, false]);
});

test("nobody but admins ends the sign-ins of others", async () => {
  const [stranger, owner] = [await anOwner({ role: "verifier" }), await anOwner()];
  const { bearer } = await aSession(owner);
  expect((await refusalOf(endSessionsOf(stranger, owner.userId))).code).toBe("forbidden");
  expect(await works(bearer, owner)).toBe(true);
  expect((await refusalOf(endSessionsOf(await anAdmin(), "user-nobody"))).code).toBe("notFound");
});
