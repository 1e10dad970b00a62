import { expect, test } from "vitest";
import type { EffectView } from "./actions";
import { effectText, endingText, type LongerLived } from "./effect-text";

const say = (effect: EffectView) =>
  effectText({ value: "", wanted: "", effect, countMax: 10_000 }, "30 days");
const longer = (counts: Partial<LongerLived>): LongerLived => ({
  kind: "longer-lived",
  of: "tokens",
  count: 412,
  ending: 0,
  endingInUse: 0,
  endsOwn: false,
  ...counts,
});

test("what lives longer keeps its lifetime, however many there are", () => {
  expect(say(longer({}))).toBe(
    "412 tokens live longer than 30 days. They keep their lifetime unless you shorten them.",
  );
  expect(say(longer({ count: 1 }))).toBe(
    "1 token lives longer than 30 days. It keeps its lifetime unless you shorten it.",
  );
  expect(say(longer({ count: 10_000, of: "sessions" }))).toMatch(/^More than 10,000 sign-ins live/);
  expect(say(longer({ count: 0 }))).toBe("No token lives longer than 30 days.");
});

test("what would end is said with what is in use, and whether it is one's own", () => {
  expect(endingText(longer({}), 10_000)).toBeNull();
  expect(endingText(longer({ ending: 30, endingInUse: 12 }), 10_000)).toBe(
    "30 tokens are older than that already and end at once. 12 of these were used in the last seven days: whatever uses them stops working.",
  );
  const own = longer({ of: "sessions", ending: 1, endingInUse: 1, endsOwn: true });
  expect(endingText(own, 10_000)).toBe(
    "1 sign-in is older than that already and ends at once. Your own sign-in is one of them: you will be signed out.",
  );
});

test.each([
  [{ kind: "none" }, "Nothing that exists is touched."],
  [{ kind: "idle-ended", count: 1 }, "1 sign-in has been idle for longer and ends at once."],
  [{ kind: "idle-revived", count: 2 }, "2 sign-ins that had ended by being idle work again."],
  [
    { kind: "expired-removed", count: 3 },
    "3 expired tokens are removed within ten minutes. The audit trail stays.",
  ],
  [
    { kind: "locked-out", count: 7, includesOwn: true },
    "7 users without an identity at the identity provider cannot sign in any more. Sign-ins and tokens that exist go on.",
  ],
] as const)("%j is said in words", (effect, text) => {
  expect(say(effect)).toBe(text);
});
