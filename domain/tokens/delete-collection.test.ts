import { expect, test } from "vitest";
import { whileTokenIsLocked } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { changeRole } from "../testing/situations";
import { deleteCollection } from "./delete-collection";
import { listCollection } from "./list-collection";

const ALL = { selection: [], limit: 0, dryRun: false, isCancelled: () => false };

test("deletes no more once the right to it is gone", async () => {
  const admin = await anAdmin();
  const actor = { ...admin, tokenName: (await aToken(admin)).name };
  const owner = await anOwner();
  const names: string[] = [];
  for (let at = 0; at < 120; at += 1) names.push((await aToken(owner)).name);
  const [first = ""] = names.sort();
  // It is the first to be deleted: the role changes while that waits.
  const deleting = await whileTokenIsLocked(first, async () => {
    const outcome = Promise.allSettled([deleteCollection(actor, ALL)]);
    await changeRole(admin, "user");
    return { outcome };
  });
  const [settled] = await deleting.outcome;
  expect(settled).toMatchObject({ status: "rejected", reason: { code: "unauthenticated" } });
  const { parts } = await listCollection(owner, { selection: [], limit: 5 });
  expect((await parts.next()).value).toHaveLength(5);
});
