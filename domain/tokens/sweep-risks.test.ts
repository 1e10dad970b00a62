import { expect, test } from "vitest";
import { storedRisks } from "@/db/testing/risk";
import { ageToken, setSetting } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { setUserEnabled } from "../users/set-enabled";
import { sweepRisks } from "./sweep-risks";
import { updateToken } from "./update";

const DAY_MS = 86_400_000;

async function riskOf(name: string): Promise<number | undefined> {
  return (await storedRisks([name]))[name];
}

test("a new token has its risk at once, and so has one that is changed", async () => {
  const owner = await anAdmin();
  const { name } = await aToken(owner, { ttlMs: 30 * DAY_MS });
  expect(await riskOf(name)).toBe(15);
  await updateToken(owner, name, { enabled: false });
  expect(await riskOf(name)).toBe(0);
  await updateToken(owner, name, { enabled: true });
  expect(await riskOf(name)).toBe(15);
});

test("what time changes is computed by the next sweep", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner, { ttlMs: 40 * DAY_MS });
  await ageToken(name, 31 * DAY_MS);
  expect(await riskOf(name)).toBe(11);
  await ageToken(name, 10 * DAY_MS);
  await sweepRisks();
  expect(await riskOf(name)).toBe(0);
});

test("an owner who is disabled puts every token at risk until enabled again", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  const { name } = await aToken(owner);
  await setUserEnabled(admin, { username: owner.username, enabled: false });
  await sweepRisks();
  expect(await riskOf(name)).toBe(16);
  await setUserEnabled(admin, { username: owner.username, enabled: true });
  await sweepRisks();
  expect(await riskOf(name)).toBe(1);
});

test("a lowered maximum puts what lives longer at risk, a raised one takes it away", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner, { ttlMs: 60 * DAY_MS });
  const setMaximum = async (minutes: number) => {
    await setSetting("auth-token-max-ttl-minutes", String(minutes));
    await sweepRisks();
  };
  await setMaximum(1_440);
  expect(await riskOf(name)).toBe(11);
  await setMaximum(0);
  expect(await riskOf(name)).toBe(1);
  await setMaximum(1_440);
  expect(await riskOf(name)).toBe(11);
  await setMaximum(129_600);
  expect(await riskOf(name)).toBe(1);
});

test("two sweeps at once do the work once", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  await ageToken(name, 31 * DAY_MS);
  await Promise.all([sweepRisks(), sweepRisks(), sweepRisks()]);
  expect(await riskOf(name)).toBe(11);
});
