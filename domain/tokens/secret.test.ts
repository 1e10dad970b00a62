import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measured, times } from "@/prove/proof";
import { ALPHABET, publishedChecksum } from "../testing/published-checksum";
import { authenticate } from "./authenticate";
import { hashSecret, isSecretOf, mintSecret, mintUserId, parseBearer, toBearer } from "./secret";

const ORIGIN = { requestId: null, address: null, userAgent: null };

describe("a fresh secret", () => {
  test("has the published form", () => {
    for (let round = 0; round < 1_000; round += 1) {
      const bearer = toBearer(mintSecret());
      expect(bearer).toMatch(
        /^ext\/token-[bcdfghjklmnpqrstvwxz2456789]{10}:[bcdfghjklmnpqrstvwxz2456789]{54}$/,
      );
    }
  });

  test("ends with the CRC-32 of its name and random part in base 27", () => {
    expect(crc32("123456789").toString(16)).toBe("cbf43926");
    for (let round = 0; round < 1_000; round += 1) {
      const { name, value } = mintSecret();
      expect(value.slice(47)).toBe(publishedChecksum(name, value.slice(0, 47)));
    }
  });

  test("is unique among very many, and every symbol is as likely as another", () => {
    const rounds = times({ quick: 100_000, full: 1_000_000 });
    const counts = new Map<string, number>();
    const [names, values] = [new Set<string>(), new Set<string>()];
    for (let round = 0; round < rounds; round += 1) {
      const { name, value } = mintSecret();
      names.add(name);
      values.add(value);
      for (const symbol of value.slice(0, 47)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    }
    expect([names.size, values.size]).toEqual([rounds, rounds]);
    expect([...counts.keys()].sort()).toEqual([...ALPHABET].sort());
    const expected = (rounds * 47) / 27;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // 26 degrees of freedom: beyond 70 by chance once in more than 100,000 runs.
    expect(chiSquare).toBeLessThan(70);
    measured(
      "1. Secrets are never made twice and have no favourite symbol: chi² below 70",
      `${rounds.toLocaleString("en")} made, none twice; chi² ${chiSquare.toFixed(1)}, expected 26`,
    );
  });

  test("reads back from the form in which it is presented", () => {
    const secret = mintSecret();
    expect(parseBearer(toBearer(secret))).toEqual(secret);
  });

  test("belongs to a user id of the same alphabet", () => {
    expect(mintUserId()).toMatch(/^user-[bcdfghjklmnpqrstvwxz2456789]{10}$/);
  });
});

// No database is open in this file: a query would throw instead of answering null.
describe("the checksum refuses without asking the database", () => {
  const bearer = toBearer({ name: "token-bcdfghjklm", value: "" });
  const known = mintSecret();

  test("every change of one character", async () => {
    const whole = toBearer(known);
    for (let at = 0; at < whole.length; at += 1) {
      for (const symbol of `${ALPHABET}aA0:/ `) {
        if (symbol === whole[at]) continue;
        const changed = whole.slice(0, at) + symbol + whole.slice(at + 1);
        expect(await authenticate(changed, ORIGIN)).toBeNull();
      }
    }
  });

  test("every swap of two neighbours", async () => {
    for (let round = 0; round < 50; round += 1) {
      const whole = toBearer(mintSecret());
      for (let at = 0; at + 1 < whole.length; at += 1) {
        const [left, right] = [whole.charAt(at), whole.charAt(at + 1)];
        if (left === right) continue;
        const swapped = whole.slice(0, at) + right + left + whole.slice(at + 2);
        expect(await authenticate(swapped, ORIGIN)).toBeNull();
      }
    }
  });

  test("every truncation and extension", async () => {
    const whole = toBearer(known);
    for (let length = 0; length < whole.length; length += 1) {
      expect(await authenticate(whole.slice(0, length), ORIGIN)).toBeNull();
      expect(await authenticate(whole.slice(whole.length - length), ORIGIN)).toBeNull();
    }
    for (const extra of ["\n", " ", "b", "\u0000"]) {
      expect(await authenticate(whole + extra, ORIGIN)).toBeNull();
      expect(await authenticate(extra + whole, ORIGIN)).toBeNull();
    }
  });

  test("another token's secret under this name", async () => {
    const mixed = toBearer({ name: known.name, value: mintSecret().value });
    expect(await authenticate(mixed, ORIGIN)).toBeNull();
  });

  test("anything else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 9_000 }), async (garbage) => {
        expect(await authenticate(garbage, ORIGIN)).toBeNull();
        expect(await authenticate(bearer + garbage, ORIGIN)).toBeNull();
      }),
    );
  });

  test("but a right checksum is asked about", async () => {
    await expect(authenticate(toBearer(known), ORIGIN)).rejects.toThrow("not open");
  });
});

describe("what is stored of a secret", () => {
  test("is a versioned SHA-256 that recognises the secret and no other", () => {
    const secret = mintSecret();
    expect(hashSecret(secret)).toMatch(/^v1:sha256:[\w-]{43}$/);
    expect(isSecretOf(secret, hashSecret(secret))).toBe(true);
    expect(isSecretOf(mintSecret(), hashSecret(secret))).toBe(false);
    expect(isSecretOf({ ...secret, name: mintSecret().name }, hashSecret(secret))).toBe(false);
  });

  test("is not the secret, and presented as one it is refused", async () => {
    const secret = mintSecret();
    const stored = hashSecret(secret);
    expect(stored).not.toContain(secret.value);
    for (const value of [stored, stored.slice(10)]) {
      expect(await authenticate(`ext/${secret.name}:${value}`, ORIGIN)).toBeNull();
    }
  });

  test("missing, belongs to nobody: not even to the dummy that is compared instead", () => {
    expect(isSecretOf(mintSecret(), undefined)).toBe(false);
    expect(isSecretOf({ name: "", value: "" }, undefined)).toBe(false);
    expect(isSecretOf(mintSecret(), "")).toBe(false);
  });
});
