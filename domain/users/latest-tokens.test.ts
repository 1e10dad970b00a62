import { expect, test } from "vitest";
import { ageToken, stampUse } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { anExpiredToken } from "../testing/situations";
import { lastUsedTokensOf, liveSessionsOf } from "./latest-tokens";

const HOUR_MS = 3_600_000;

test("a user's tokens come in the order of their last use, without sign-ins and those of namesakes", async () => {
  const admin = await anAdmin();
  const [owner, namesake] = [
    await anOwner({ username: "latest" }),
    await anOwner({ username: "latest-too" }),
  ];
  const [idle, busy] = [await aToken(owner), await aToken(owner)];
  await aToken(owner, { kind: "session" });
  await aToken(namesake);
  await stampUse(busy.name, new Date(Date.now() - HOUR_MS));
  const tokens = await lastUsedTokensOf(admin, owner.userId);
  expect(tokens.map(({ name }) => name)).toEqual([busy.name, idle.name]);
});

test("sign-ins that are over are not among those that hold", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  const [live, idle] = [
    await aToken(owner, { kind: "session" }),
    await aToken(owner, { kind: "session" }),
  ];
  await ageToken(idle.name, 20 * HOUR_MS);
  await anExpiredToken(owner, "session");
  await aToken(owner);
  const sessions = await liveSessionsOf({ ...admin, tokenName: live.name }, owner.userId);
  expect(sessions.map(({ name, current }) => [name, current])).toEqual([[live.name, true]]);
});

test("nobody but admins is shown them", async () => {
  const owner = await anOwner();
  for (const read of [lastUsedTokensOf, liveSessionsOf]) {
    expect((await refusalOf(read(owner, owner.userId))).code).toBe("forbidden");
  }
});
