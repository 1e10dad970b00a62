import { expect, test } from "./fixtures";
import { TOKENS } from "./tokens";

test("a delete without a body is answered as one with a body", async ({ asUser, token }) => {
  const owner = await asUser();
  const { name } = await token(owner);
  expect((await owner.program.delete(`${TOKENS}/${name}`)).status()).toBe(200);
  expect((await owner.program.delete(`${TOKENS}/${name}`)).status()).toBe(404);
});

test("a body of unannounced length is read, and refused when it is too long", async ({
  asUser,
  token,
  latchkey,
}) => {
  const { bearer } = await token(await asUser());
  const send = (text: string) =>
    fetch(`${latchkey.url}${TOKENS}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
      body: new Blob([text]).stream(),
      duplex: "half",
    } as RequestInit);
  const created = await send(JSON.stringify({ spec: { description: "in pieces" } }));
  expect(created.status).toBe(201);
  expect((await created.json()).spec.description).toBe("in pieces");
  const refused = await send(JSON.stringify({ spec: { description: "x".repeat(600_000) } }));
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ kind: "Status", code: 413 });
});
