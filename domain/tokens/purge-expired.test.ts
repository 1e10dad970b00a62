import { expect, test } from "vitest";
import { ageToken, auditEventsOf, clearSettings, setSetting } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { getToken } from "./get";
import { purgeExpired } from "./purge-expired";

const DAY_MS = 86_400_000;

test("a token goes when it expired longer ago than the setting says, with its event, and no other does", async () => {
  const owner = await anOwner();
  const made = async (ageMs: number, ttlMs: number) => {
    const { name } = await aToken(owner, { ttlMs });
    await ageToken(name, ageMs);
    return name;
  };
  const long = await made(31 * DAY_MS, DAY_MS / 2);
  const lately = await made(29 * DAY_MS, DAY_MS / 2);
  const working = await made(31 * DAY_MS, 60 * DAY_MS);
  const admin = await anAdmin();
  await purgeExpired();
  expect((await refusalOf(getToken(admin, long))).code).toBe("notFound");
  expect((await auditEventsOf({ objectName: long }))[0]).toMatchObject({
    action: "token.delete",
    actorName: "system:retention",
    outcome: "success",
    reason: "expired longer ago than token-retention-days",
  });
  expect((await getToken(admin, lately)).name).toBe(lately);
  await setSetting("token-retention-days", "28");
  await purgeExpired();
  await clearSettings();
  expect((await refusalOf(getToken(admin, lately))).code).toBe("notFound");
  expect((await getToken(admin, working)).name).toBe(working);
});
