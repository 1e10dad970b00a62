import { expect, test } from "vitest";
import { auditEventsOf, rowsOf } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "../tokens/authenticate";
import { changePassword } from "./change-password";
import { isPassword } from "./password";

const OPERATOR = operatorActor();

async function storedHash(id: string): Promise<string> {
  return (await rowsOf("users")).find((row) => row.id === id)?.password_hash;
}

test("a changed password ends every sign-in and leaves the other tokens", async () => {
  const owner = await anOwner();
  const [session, derived] = [await aToken(owner, { kind: "session" }), await aToken(owner)];
  const { password } = await changePassword(OPERATOR, { username: owner.username });
  expect(await isPassword(password, await storedHash(owner.userId))).toBe(true);
  expect(await authenticate(session.bearer, owner.origin)).toBeNull();
  expect(await authenticate(derived.bearer, owner.origin)).not.toBeNull();
  const events = await auditEventsOf({ objectName: owner.userId });
  expect(events).toMatchObject([
    { action: "user.change-password", after: { endedSessions: [session.name] } },
  ]);
  expect(JSON.stringify(events)).not.toContain(password);
});

test("a bad password changes nothing and is not repeated", async () => {
  const owner = await anOwner();
  for (const password of ["too short", "correct horse battery\u0000"]) {
    const change = changePassword(await anAdmin(), { username: owner.username, password });
    const refusal = await refusalOf(change);
    expect(refusal).toMatchObject({ code: "invalid", fields: [{ path: "password" }] });
    expect(JSON.stringify([refusal.message, refusal.fields])).not.toContain(password.slice(0, 8));
  }
  expect(await storedHash(owner.userId)).toBe("none");
});

test("only admins and the operator change passwords, of users that exist", async () => {
  const owner = await anOwner();
  const change = changePassword(owner, { username: owner.username });
  expect((await refusalOf(change)).code).toBe("forbidden");
  expect(await storedHash(owner.userId)).toBe("none");
  const missing = changePassword(OPERATOR, { username: "nobody" });
  expect((await refusalOf(missing)).code).toBe("notFound");
});
