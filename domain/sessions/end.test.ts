import { expect, test } from "vitest";
import { auditEventsOf } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { endSession } from "./end";

test("a sign-in is ended by its person and by an admin, and the trail says who signed it out", async () => {
  const [owner, admin] = [await anOwner(), await anAdmin()];
  for (const actor of [owner, admin]) {
    const { name, bearer } = await aToken(owner, { kind: "session" });
    await endSession(actor, name);
    expect(await authenticate(bearer, owner.origin)).toBeNull();
    expect((await auditEventsOf({ objectName: name }))[0]).toMatchObject({
      action: "session.sign-out",
      actorId: actor.userId,
      ownerId: owner.userId,
    });
  }
});

test("somebody else's sign-in, a missing one and a token are answered alike and stay", async () => {
  const [owner, stranger] = [await anOwner(), await anOwner()];
  const session = await aToken(owner, { kind: "session" });
  const token = await aToken(stranger);
  const messages: string[] = [];
  for (const name of [session.name, token.name, "token-missing"]) {
    const refusal = await refusalOf(endSession(stranger, name));
    expect(refusal.code).toBe("notFound");
    messages.push(refusal.message.replace(name, "NAME"));
  }
  expect(new Set(messages).size).toBe(1);
  expect(await authenticate(session.bearer, owner.origin)).not.toBeNull();
  expect(await authenticate(token.bearer, owner.origin)).not.toBeNull();
});
