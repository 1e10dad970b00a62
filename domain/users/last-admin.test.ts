import { beforeAll, describe, expect, test } from "vitest";
import { query } from "@/db/client";
import { auditEventsOf, rowsOf } from "@/db/testing/rows";
import { updateUser as writeUser } from "@/db/users";
import { operatorActor, type UserActor } from "../actor";
import { anAdmin } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { deleteUser } from "./delete";
import { updateUser } from "./update";

const ROUNDS = 40;
const OPERATOR = operatorActor();

let [first, second]: [UserActor, UserActor] = [] as unknown as [UserActor, UserActor];
beforeAll(async () => {
  [first, second] = [await anAdmin(), await anAdmin()];
});

async function enabledAdmins(): Promise<string[]> {
  const rows = await rowsOf("users");
  return rows.filter(({ role, enabled }) => role === "admin" && enabled).map(({ id }) => id);
}

const restore = (id: string) => query((db) => writeUser(db, id, { role: "admin", enabled: true }));

describe("the last enabled administrator", () => {
  test.each([
    ["demoted", { role: "user" }, "user.update"],
    ["disabled", { enabled: false }, "user.disable"],
  ] as const)("cannot be %s, by nobody, and the refusal is recorded", async (_, change, action) => {
    await restore(first.userId);
    await query((db) => writeUser(db, second.userId, { enabled: false }));
    for (const actor of [first, OPERATOR]) {
      const refusal = await refusalOf(updateUser(actor, first.userId, change));
      expect([refusal.code, refusal.message]).toEqual([
        "forbidden",
        expect.stringContaining("last enabled administrator"),
      ]);
    }
    expect(await auditEventsOf({ objectName: first.userId })).toEqual(
      expect.arrayContaining([expect.objectContaining({ action, outcome: "denied" })]),
    );
    expect(await enabledAdmins()).toEqual([first.userId]);
  });

  test("cannot be deleted; a disabled administrator can", async () => {
    const gone = await anAdmin();
    await query((db) => writeUser(db, gone.userId, { enabled: false }));
    await restore(first.userId);
    await query((db) => writeUser(db, second.userId, { enabled: false }));
    expect((await refusalOf(deleteUser(OPERATOR, first.userId))).code).toBe("forbidden");
    await deleteUser(first, gone.userId);
    expect(await enabledAdmins()).toEqual([first.userId]);
  });

  test("may have another display name", async () => {
    await restore(first.userId);
    const updated = await updateUser(first, first.userId, { displayName: "The last" });
    expect(updated.displayName).toBe("The last");
  });

  test(`is left when two take the right from each other at once, ${ROUNDS} times`, async () => {
    const ways = [
      (actor: UserActor, other: UserActor) => updateUser(actor, other.userId, { role: "user" }),
      (actor: UserActor, other: UserActor) => updateUser(actor, other.userId, { enabled: false }),
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      await restore(first.userId);
      await restore(second.userId);
      const [one, other] = [ways[round % 2], ways[Math.floor(round / 2) % 2]];
      const outcomes = await Promise.allSettled([one?.(first, second), other?.(second, first)]);
      const done = outcomes.filter(({ status }) => status === "fulfilled");
      expect([done.length, (await enabledAdmins()).length]).toEqual([1, 1]);
    }
  });
});
