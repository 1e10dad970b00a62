import { describe, expect, test } from "vitest";
import { everythingStored } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { authenticate } from "./authenticate";
import { findTokenByHash } from "./find";
import { fingerprintPasted } from "./pasted-secret";
import { mintSecret, toBearer } from "./secret";

describe("a pasted secret", () => {
  test("finds its token, as a bearer, in a header, or as a bare value", async () => {
    const owner = await anOwner();
    const { name, secret, bearer } = await aToken(owner);
    const pasted = [bearer, ` Authorization: Bearer ${bearer}\n`, `x "${secret.value}"`];
    for (const text of pasted) {
      for (const actor of [owner, await anAdmin()]) {
        const { token, isItsValue } = await findTokenByHash(actor, await fingerprintPasted(text));
        expect([token.name, isItsValue]).toEqual([name, true]);
      }
    }
  });

  test("with another value finds the name and says that the value is not its", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const wrong = toBearer({ name, value: mintSecret().value });
    expect(await findTokenByHash(owner, await fingerprintPasted(wrong))).toMatchObject({
      token: { name },
      isItsValue: false,
    });
  });

  test("of somebody else is not there, just as one that never was", async () => {
    const { secret, bearer, name } = await aToken(await anOwner());
    const stranger = await anOwner();
    const unknown = mintSecret();
    for (const [real, none, swap] of [
      [bearer, toBearer(unknown), true],
      [secret.value, unknown.value, false],
    ] as const) {
      const [foreign, missing] = await Promise.all(
        [real, none].map(async (text) =>
          refusalOf(findTokenByHash(stranger, await fingerprintPasted(text))),
        ),
      );
      expect(foreign?.code).toBe("notFound");
      const message = swap ? missing?.message.replace(unknown.name, name) : missing?.message;
      expect(foreign?.message).toBe(message);
    }
  });

  test("is nothing where the text has none", async () => {
    for (const text of ["", "token-abc", "hello", "a".repeat(54), `${mintSecret().value}z`]) {
      expect(await fingerprintPasted(text)).toBeNull();
    }
  });

  test("never leaves what is stored or sent by which anybody could sign in", async () => {
    const owner = await anOwner();
    const { secret, bearer, name } = await aToken(owner);
    const prints = await Promise.all([bearer, secret.value].map(fingerprintPasted));
    expect(JSON.stringify(prints)).not.toContain(secret.value);
    expect(await everythingStored()).not.toContain(secret.value);
    const origin = { requestId: null, address: null, userAgent: null };
    for (const print of prints) {
      const value = print?.kind === "value" ? print.print : (print?.hash ?? "");
      expect(await authenticate(`ext/${name}:${value}`, origin)).toBeNull();
    }
  });
});

test.each([
  null,
  {},
  { kind: "value", print: "short" },
  { kind: "value", print: { length: 22 } },
  { kind: "bearer", name: "x", hash: "v1:sha256:" },
])("no fingerprint is refused: %j", async (input) => {
  expect((await refusalOf(findTokenByHash(await anOwner(), input))).code).toBe("invalid");
});
