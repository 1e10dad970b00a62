import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { query } from "./client";
import { asDatabaseOwner } from "./testing/worker-database";

test("a read that the database undoes for a deadlock is made again", async () => {
  const read = await asDatabaseOwner(async (owner) => {
    await owner`create table deadlock_one as select 1 as value`;
    await owner`create table deadlock_other as select 2 as value`;
    await owner`grant select on deadlock_one, deadlock_other to public`;
    return owner.begin(async (tx) => {
      await tx`lock table deadlock_other`;
      const reading = query((db) =>
        db.execute(sql`select deadlock_one.value from deadlock_one, deadlock_other`),
      );
      // It waits for the other table by now; whoever began to wait first is undone.
      await sleep(200);
      await tx`lock table deadlock_one`;
      return { reading };
    });
  });
  expect(await read.reading).toEqual([{ value: 1 }]);
  await asDatabaseOwner((owner) => owner`drop table deadlock_one, deadlock_other`);
});
