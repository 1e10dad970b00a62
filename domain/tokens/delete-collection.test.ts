import { expect, test } from "vitest";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { changeRole } from "../testing/situations";
import { deleteCollection } from "./delete-collection";
import { listCollection } from "./list-collection";

const ALL = { selection: [], limit: 0, dryRun: false, isCancelled: () => false };

test("deletes no more once the right to it is gone", async () => {
  const admin = await anAdmin();
  const actor = { ...admin, tokenName: (await aToken(admin)).name };
  const owner = await anOwner();
  for (let at = 0; at < 120; at += 1) await aToken(owner);
  const deleting = refusalOf(deleteCollection(actor, ALL));
  await changeRole(admin, "user");
  expect((await deleting).code).toBe("unauthenticated");
  const { parts } = await listCollection(owner, { selection: [], limit: 5 });
  expect((await parts.next()).value).toHaveLength(5);
});
