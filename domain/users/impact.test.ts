import { expect, test } from "vitest";
import { ageToken, stampUse } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { anExpiredToken } from "../testing/situations";
import { userImpact } from "./impact";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(Date.now() - ms);

test("what works is counted, what was used in the last week is named, the latest first", async () => {
  const [admin, owner, other] = [await anAdmin(), await anOwner(), await anOwner()];
  const weekly = await aToken(owner, { description: "weekly" });
  const busy = await aToken(owner, { description: "busy" });
  const stale = await aToken(owner, { description: "stale" });
  await aToken(owner, { description: "never used" });
  const disabled = await aToken(owner, { enabled: false });
  const expired = await anExpiredToken(owner);
  await stampUse(weekly.name, ago(6 * DAY_MS));
  await stampUse(stale.name, ago(8 * DAY_MS));
  for (const { name } of [busy, disabled, expired, await aToken(other)]) {
    await stampUse(name, ago(HOUR_MS));
  }
  const impact = await userImpact(admin, owner.userId);
  expect(impact).toMatchObject({ tokens: 4, tokensInUse: 2, sessions: 0 });
  expect(impact.lastUsed.map(({ description }) => description)).toEqual(["busy", "weekly"]);
});

test("a sign-in that is over, by its end or for being idle, does not count", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  const [seen, idle] = [
    await aToken(owner, { kind: "session" }),
    await aToken(owner, { kind: "session" }),
  ];
  await aToken(owner, { kind: "session" });
  await anExpiredToken(owner, "session");
  for (const { name } of [seen, idle]) await ageToken(name, 2 * DAY_MS);
  await stampUse(seen.name, ago(HOUR_MS));
  expect(await userImpact(admin, owner.userId)).toMatchObject({ tokens: 0, sessions: 2 });
});

test("nobody but admins is told", async () => {
  const owner = await anOwner({ role: "verifier" });
  expect((await refusalOf(userImpact(owner, owner.userId))).code).toBe("forbidden");
});
