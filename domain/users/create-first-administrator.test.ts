import { expect, test } from "vitest";
import { rowsOf } from "@/db/testing/rows";
import { refusalOf } from "../testing/refusal";
import { createFirstAdministrator } from "./create-first-administrator";
import { signIn } from "./sign-in";

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

test("nobody gets in with a password that a first administrator might have from the factory", async () => {
  await createFirstAdministrator({ username: "admin" });
  for (const [at, password] of ["admin", "latchkey", "password", "changeme"].entries()) {
    for (const username of ["admin", "latchkey", "root"]) {
      const origin = { requestId: "r", address: `192.0.2.${at}`, userAgent: null };
      const refusal = await refusalOf(signIn({ username, password }, origin));
      expect([username, password, refusal.code]).toEqual([username, password, "unauthenticated"]);
    }
  }
});
