import { expect, test } from "vitest";
import { rowsOf } from "@/db/testing/rows";
import { createFirstAdministrator } from "./create-first-administrator";

test("processes that start together make one first administrator, and later starts none", async () => {
  const first = await Promise.all(
    [1, 2, 3].map(() => createFirstAdministrator({ username: "admin" })),
  );
  const made = first.filter((result) => result !== null);
  expect(made).toHaveLength(1);
  expect(made[0]?.password).toMatch(/^([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
  expect(await createFirstAdministrator({ username: "another" })).toBeNull();
  expect(await rowsOf("users")).toMatchObject([{ username: "admin", role: "admin" }]);
});
