import { expect, test } from "vitest";
import { auditEventsOf, rowsOf, withoutAudit } from "@/db/testing/rows";
import { anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { getOwnAccount } from "./account";
import { updateOwnAccount } from "./update-own-account";

async function storedUser(id: string) {
  return (await rowsOf("users")).find((row) => row.id === id);
}

test("people change their own name, time zone and date format, and what is absent stays", async () => {
  const owner = await anOwner();
  await updateOwnAccount(owner, { displayName: "  Ada Lovelace ", timeZone: "Asia/Tokyo" });
  await updateOwnAccount(owner, { dateFormat: "iso" });
  expect(await getOwnAccount(owner)).toMatchObject({
    displayName: "Ada Lovelace",
    timeZone: "Asia/Tokyo",
    dateFormat: "iso",
  });
  await updateOwnAccount(owner, { timeZone: "", dateFormat: "" });
  expect(await getOwnAccount(owner)).toMatchObject({
    displayName: "Ada Lovelace",
    timeZone: null,
    dateFormat: null,
  });
});

test("each change is one event with what it was and is; no change is none", async () => {
  const owner = await anOwner();
  await updateOwnAccount(owner, { displayName: "Ada" });
  await updateOwnAccount(owner, { displayName: "Ada", timeZone: "", dateFormat: "" });
  const events = await auditEventsOf({ objectName: owner.userId });
  expect(events).toMatchObject([
    {
      action: "user.update",
      actorId: owner.userId,
      before: { displayName: "" },
      after: { displayName: "Ada" },
    },
  ]);
  expect(String((await storedUser(owner.userId))?.resource_version)).toBe(String(events[0]?.seq));
});

test("without its event nothing changes", async () => {
  const owner = await anOwner();
  const change = () => updateOwnAccount(owner, { displayName: "Ada" });
  await expect(withoutAudit(change)).rejects.toMatchObject({ code: "queryFailed" });
  expect((await getOwnAccount(owner)).displayName).toBe("");
});

test.each([
  ["displayName", "x".repeat(129)],
  ["displayName", "a\u0000b"],
  ["displayName", 7],
  ["timeZone", "Europe/Atlantis"],
  ["timeZone", "+05:30"],
  ["timeZone", "a".repeat(10_000)],
  ["timeZone", "Europe/Berlin\u0000"],
  ["dateFormat", "klingon"],
])("a bad %s is refused and stored nowhere", async (path, value) => {
  const owner = await anOwner();
  const before = await storedUser(owner.userId);
  const refusal = await refusalOf(updateOwnAccount(owner, { [path]: value }));
  expect(refusal).toMatchObject({ code: "invalid", fields: [{ path }] });
  expect(await storedUser(owner.userId)).toEqual(before);
});

test("no other field of the account can be written this way", async () => {
  const owner = await anOwner();
  const before = await storedUser(owner.userId);
  const more = { role: "admin", userId: "user-x", passwordHash: "x", enabled: false, uid: "x" };
  await updateOwnAccount(owner, { ...more, displayName: "Ada" });
  const { display_name, resource_version, ...rest } = (await storedUser(owner.userId)) ?? {};
  expect(display_name).toBe("Ada");
  expect(Number(resource_version)).toBeGreaterThan(0);
  expect(before).toMatchObject(rest);
});
