import { timingSafeEqual } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { hashSecret, isSecretOf, mintSecret } from "./secret";

vi.mock("node:crypto", async (importOriginal) => {
  const crypto = await importOriginal<typeof import("node:crypto")>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const compare = vi.mocked(timingSafeEqual);
beforeEach(() => {
  compare.mockClear();
});

test("a secret is compared in constant time, as a digest, also when its name is nobody's", () => {
  const secret = mintSecret();
  const stored = hashSecret(secret);
  const nearly = `${stored.slice(0, -1)}${stored.endsWith("A") ? "B" : "A"}`;
  for (const [expected, isRight] of [
    [stored, true],
    [nearly, false],
    [hashSecret(mintSecret()), false],
    [undefined, false],
  ] as const) {
    expect(isSecretOf(secret, expected)).toBe(isRight);
  }
  expect(compare.mock.calls.map(([left, right]) => [left.byteLength, right.byteLength])).toEqual(
    Array(4).fill([stored.length, stored.length]),
  );
});
