import { expect, test } from "vitest";
import { anOwner } from "@/domain/testing/owners";
import { anExpiredToken } from "@/domain/testing/situations";
import { hashPassword } from "@/domain/users/password";
import { ask, VERIFY } from "./testing/checks";
import { send, TOKENS } from "./testing/client";

const PASSWORD = "correct horse battery";

test("a robot that goes on with a token that has expired keeps nobody at its address from signing in", async () => {
  const owner = await anOwner({ passwordHash: await hashPassword(PASSWORD) });
  const { bearer } = await anExpiredToken(owner);
  for (let round = 0; round < 150; round += 1) {
    expect((await send("GET", TOKENS, { bearer })).status).toBe(401);
    expect((await ask(VERIFY, { bearer })).status).toBe(401);
  }
  const body = { username: owner.username, password: PASSWORD };
  expect((await send("POST", "/v1-public/login", { body })).status).toBe(201);
});
