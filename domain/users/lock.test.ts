import { expect, test } from "vitest";
import { auditEventsOf } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { createUser } from "./create";
import { liftSignInLock, signInLockOf } from "./lock";
import { signIn } from "./sign-in";

const PASSWORD = "correct horse battery";
const at = (address: string) => ({ requestId: null, address, userAgent: null });

async function aLocalUser(username: string) {
  return (await createUser(operatorActor(), { username, password: PASSWORD })).user;
}

async function guess(username: string, address: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await refusalOf(signIn({ username, password: "wrong" }, at(address)));
  }
}

test("an administrator sees that guesses locked a user out at a place, and lifts it", async () => {
  const [admin, user] = [await anAdmin(), await aLocalUser("locked-here")];
  expect(await signInLockOf(admin, user.id)).toBeNull();
  await guess(user.username, "192.0.2.40", 6);
  const lock = await signInLockOf(admin, user.id);
  expect(lock?.where).toBe("some places");
  expect(lock?.endsAt.getTime()).toBeGreaterThan(Date.now());
  const right = { username: user.username, password: PASSWORD };
  expect((await refusalOf(signIn(right, at("192.0.2.40")))).code).toBe("tooManyRequests");

  await liftSignInLock(admin, user.id);
  expect(await signInLockOf(admin, user.id)).toBeNull();
  expect((await signIn(right, at("192.0.2.40"))).userId).toBe(user.id);
  expect((await auditEventsOf({ objectName: user.id })).map(({ action }) => action)).toContain(
    "user.unlock",
  );
});

test("guesses from many places lock a user out elsewhere, and lifting one leaves others locked", async () => {
  const [admin, user, other] = [
    await anAdmin(),
    await aLocalUser("locked-all"),
    await aLocalUser("locked-all-too"),
  ];
  for (let place = 1; place <= 7; place += 1) {
    await guess(user.username, `198.51.100.${place}`, 3);
  }
  await guess(other.username, "198.51.100.99", 6);
  expect((await signInLockOf(admin, user.id))?.where).toBe("elsewhere");
  await liftSignInLock(admin, user.id);
  expect(await signInLockOf(admin, user.id)).toBeNull();
  expect((await signInLockOf(admin, other.id))?.where).toBe("some places");
});

test("nobody but admins sees or lifts a lock", async () => {
  const owner = await anOwner({ role: "verifier" });
  expect((await refusalOf(signInLockOf(owner, owner.userId))).code).toBe("forbidden");
  expect((await refusalOf(liftSignInLock(owner, owner.userId))).code).toBe("forbidden");
  const admin = await anAdmin();
  expect((await refusalOf(signInLockOf(admin, "user-nobody"))).code).toBe("notFound");
  expect((await refusalOf(liftSignInLock(admin, "user-nobody"))).code).toBe("notFound");
});
