import { expect, test } from "vitest";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { deleteUser } from "./delete";
import { getUser } from "./get";

test("a user is deleted although uses of the tokens are being stored in the other order", async () => {
  const [owner, admin] = [await anOwner(), await anAdmin()];
  const names = [(await aToken(owner)).name, (await aToken(owner)).name];
  const { deleting } = await asDatabaseOwner((sql) =>
    sql.begin(async (tx) => {
      const hold = (name: string | undefined) => tx`
        select 1 from token_uses join tokens on id = token_id where name = ${name ?? ""}
        for update of token_uses`;
      await hold(names[1]);
      const deleting = deleteUser(admin, owner.userId);
      deleting.catch(() => undefined);
      await tx`select pg_sleep(0.3)`;
      await hold(names[0]);
      return { deleting };
    }),
  );
  await deleting;
  expect((await refusalOf(getUser(admin, owner.userId))).code).toBe("notFound");
});
