import { expect, test } from "vitest";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { getToken } from "./get";

test("an owner sees only own tokens: another's is as missing as one that is not there", async () => {
  const [owner, verifier] = [await anOwner(), await anOwner({ role: "verifier" })];
  const { name, token } = await aToken(owner);
  expect(await getToken(owner, name)).toEqual(token);
  const theirs = await refusalOf(getToken(verifier, name));
  const missing = await refusalOf(getToken(verifier, "token-bcdfghjklm"));
  expect([theirs.code, missing.code]).toEqual(["notFound", "notFound"]);
  expect(theirs.message.replace(name, "token-bcdfghjklm")).toBe(missing.message);
});

test("an admin sees every token", async () => {
  const { name, token } = await aToken(await anOwner());
  expect(await getToken(await anAdmin(), name)).toEqual(token);
});

test.each(["", "\u0000", "token-\u0000", "\ud800", "%", "x".repeat(100_000), "' or 1=1"])(
  "a name that no token can have is missing: %j",
  async (name) => {
    expect((await refusalOf(getToken(await anAdmin(), name))).code).toBe("notFound");
  },
);

test("the token that is shown is current when it is the one of the request", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  expect((await getToken({ ...owner, tokenName: name }, name)).current).toBe(true);
});
