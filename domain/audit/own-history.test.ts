import { expect, test } from "vitest";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { deleteToken } from "../tokens/delete";
import { updateOwnAccount } from "../users/update-own-account";
import { ownHistory } from "./own-history";

test("it holds what its person did and what others did to theirs, the newest first, and nothing else", async () => {
  const [owner, admin, stranger] = [await anOwner(), await anAdmin(), await anOwner()];
  const { name } = await aToken(owner);
  await aToken(stranger);
  await deleteToken(admin, name);
  await updateOwnAccount(owner, { displayName: "Ada" });
  const { events, older } = await ownHistory(owner);
  expect(events).toMatchObject([
    { action: "user.update", isOwn: true },
    { action: "token.delete", objectName: name, isOwn: false, actorName: admin.username },
    { action: "token.create", objectName: name, isOwn: true },
  ]);
  expect(older).toBeNull();
  expect((await ownHistory(admin)).events).toMatchObject([{ action: "token.delete", isOwn: true }]);
});

test("older events follow without a gap, each page bounded", async () => {
  const owner = await anOwner();
  for (let made = 0; made < 45; made += 1) {
    await updateOwnAccount(owner, { displayName: `name ${made}` });
  }
  const names: unknown[] = [];
  let before: number | undefined;
  for (let pages = 0; pages < 3; pages += 1) {
    const { events, older } = await ownHistory(owner, before);
    expect(events.length).toBeLessThanOrEqual(20);
    names.push(...events.map(({ after }) => after?.displayName));
    before = older ?? undefined;
  }
  expect(before).toBeUndefined();
  expect(names).toEqual(Array.from({ length: 45 }, (_, made) => `name ${44 - made}`));
});

test("what is no number of an event is refused", async () => {
  const owner = await anOwner();
  for (const before of [Number.NaN, 1.5, 1e300]) {
    expect((await refusalOf(ownHistory(owner, before))).code).toBe("invalid");
  }
});
