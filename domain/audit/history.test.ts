import { expect, test } from "vitest";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { deleteUser } from "../users/delete";
import { updateUser } from "../users/update";
import { userHistory } from "./history";

test("a user's history has what was done to them and theirs, and what they did, newest first", async () => {
  const [admin, owner, other] = [await anAdmin(), await anOwner(), await anOwner()];
  const { name } = await aToken(owner);
  await aToken(other);
  await updateUser(admin, owner.userId, { role: "admin" });
  await updateUser({ ...owner, role: "admin" }, other.userId, { displayName: "By the owner" });
  const events = await userHistory(admin, owner.userId);
  expect(
    events.map(({ action, actorName, objectName }) => [action, actorName, objectName]),
  ).toEqual([
    ["user.update", owner.username, other.userId],
    ["user.update", admin.username, owner.userId],
    ["token.create", owner.username, name],
  ]);
  expect(events.map(({ objectUsername }) => objectUsername)).toEqual([
    other.username,
    owner.username,
    null,
  ]);
  expect(await userHistory(owner, owner.userId)).toEqual(events);
});

test("somebody who is gone stays in the history of whom they were touched by", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  await deleteUser(admin, owner.userId);
  const [event] = await userHistory(admin, admin.userId);
  expect(event).toMatchObject({
    action: "user.delete",
    objectUsername: null,
    before: { username: owner.username },
  });
});

test("a stranger's history is not there, as that of nobody", async () => {
  const [stranger, owner, admin] = [await anOwner(), await anOwner(), await anAdmin()];
  expect((await refusalOf(userHistory(stranger, owner.userId))).code).toBe("notFound");
  expect((await refusalOf(userHistory(admin, "user-nobody"))).code).toBe("notFound");
});
