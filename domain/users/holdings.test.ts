import { expect, test } from "vitest";
import { query } from "@/db/client";
import { insertIdentity } from "@/db/identities";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { holdingsOf } from "./holdings";

test("tokens are counted without sign-ins, and an identity is told, for each user alone", async () => {
  const [ann, bob, admin] = [await anOwner(), await anOwner(), await anAdmin()];
  await aToken(ann);
  await aToken(ann, { enabled: false });
  await aToken(ann, { kind: "session" });
  const identity = { issuer: "https://id.test", subject: "bob", userId: bob.userId, label: "bob" };
  await query((db) => insertIdentity(db, identity));
  const holdings = await holdingsOf(admin, [ann.userId, bob.userId, "user-nobody"]);
  expect([...holdings].sort()).toEqual(
    [
      [ann.userId, { tokens: 2, hasIdentity: false }],
      [bob.userId, { tokens: 0, hasIdentity: true }],
    ].sort(),
  );
  expect((await holdingsOf(admin, [])).size).toBe(0);
});

test("nobody but admins is told", async () => {
  for (const role of ["user", "verifier"] as const) {
    const actor = await anOwner({ role });
    expect((await refusalOf(holdingsOf(actor, [actor.userId]))).code).toBe("forbidden");
  }
});
