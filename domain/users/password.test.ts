import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, test, vi } from "vitest";
import { DomainError } from "../errors";
import { generatePassword, hashPassword, isPassword, passwordProblem } from "./password";

describe("a new password", () => {
  test.each([
    "correct horse battery",
    "aaaaaaaaaaaabcd",
    "пароль-очень-длинный",
    "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰",
    "               a b c",
    `${"x".repeat(64)}abc`,
    Array.from({ length: 1_024 }, (_, at) => String.fromCodePoint(97 + ((at * at) % 25))).join(""),
    "ann-likes-long-words",
  ])("may be %j", async (password) => {
    expect(await passwordProblem(password, "ann", 15)).toBeNull();
  });

  test.each([
    ["14 characters", "abcdefghijklmn"],
    ["14 characters of two code units", "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘"],
    ["1,025 characters", "abcde".repeat(205)],
    ["three different characters", "abcabcabcabcabcabc"],
    ["half a character", "abcdefghijklmnop\ud800"],
    ["the user's name and digits", "Annemarie-12345"],
    ["the product's name alone", "Latchkey-1234567"],
    ["both names", "annemarieLATCHKEY"],
    ["digits in a row", "123456789012345"],
    ["digits in a row backwards", "98765432109876543"],
    ["the alphabet", "abcdefghijklmnop"],
    ["a row of the keyboard after the other", "qwertyuiopasdfgh"],
    ["a common one", "1q2w3e4r5t6y7u8i"],
    ["a common one twice", "passwordpassword"],
    ["a common one with digits and signs around it", "1password2026!!!"],
    ["a common one in capitals", "PASSWORD-2026-11"],
    ["the user's name and a common one", "annemarieiloveyou"],
  ])("may not be %s", async (_, password) => {
    expect(await passwordProblem(password, "annemarie", 15)).toMatchObject({ path: "password" });
  });

  test("may not be one of the 3,000 that are tried first, nor one of them with a year", async () => {
    const first = dictionary["passwords-common"].map(String).slice(0, 3_000);
    expect(first).toHaveLength(3_000);
    const allowed: string[] = [];
    for (const common of first) {
      for (const password of [common, `${common}2026!`]) {
        if (!(await passwordProblem(password, "annemarie", 1))) allowed.push(password);
      }
    }
    expect(allowed).toEqual([]);
    expect(await passwordProblem("sunshine", "annemarie", 8)).toMatchObject({
      message: "must not be one of those that are tried first",
    });
  });

  test("that is refused is not repeated in the refusal", async () => {
    expect(JSON.stringify(await passwordProblem("abcdefghijklmn", "ann", 15))).not.toContain(
      "abcdef",
    );
  });
});

describe("a stored password", () => {
  test("is recognised whole: the 128th character counts", async () => {
    const stored = await hashPassword(`${"x".repeat(127)}a`);
    expect(await isPassword(`${"x".repeat(127)}a`, stored)).toBe(true);
    expect(await isPassword(`${"x".repeat(127)}b`, stored)).toBe(false);
    expect(await isPassword("x".repeat(127), stored)).toBe(false);
  });

  test("is argon2id at the cost that is recommended", async () => {
    expect(await hashPassword("a password")).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  });

  test("is salted", async () => {
    expect(await hashPassword("same")).not.toBe(await hashPassword("same"));
  });

  test("missing, is no password, not even the one of the dummy", async () => {
    expect(await isPassword("no user has this password", null)).toBe(false);
  });
});

test("a generated password satisfies the rules and is not made twice", async () => {
  const made = new Set(Array.from({ length: 1_000 }, generatePassword));
  expect(made.size).toBe(1_000);
  for (const password of made) {
    expect(password).toMatch(/^([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
    expect(await passwordProblem(password, "ann", 15)).toBeNull();
  }
});

test("whoever waits for a turn too long is refused with a time to wait", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  try {
    const turns = [1, 2, 3, 4].map(() => hashPassword("a password"));
    const settled = Promise.allSettled(turns);
    // The first two have their turns now.
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(4_000);
    const refused = (await settled).filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    for (const { reason } of refused as PromiseRejectedResult[]) {
      expect(reason).toBeInstanceOf(DomainError);
      expect(reason).toMatchObject({ code: "tooManyRequests", retryAfterMs: 4_000 });
    }
  } finally {
    vi.useRealTimers();
  }
});
