import { expect, test } from "vitest";
import { slowDownTokens } from "@/db/testing/outages";
import { onOwnedDatabase } from "@/db/testing/worker-database";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { listTokens } from "./list";

test("a list that takes too long to find is refused as that, which is no outage", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  for (let at = 0; at < 40; at += 1) await aToken(owner);
  const filter = { owner: owner.username, sort: "expires", descending: false } as const;
  await onOwnedDatabase((db) => slowDownTokens(db, 20));
  expect((await listTokens(admin, filter, { size: 50 })).tokens).toHaveLength(40);
  await onOwnedDatabase((db) => slowDownTokens(db, 150));
  const startedAt = performance.now();
  expect((await refusalOf(listTokens(admin, filter, { size: 50 }))).code).toBe("tooSlow");
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
