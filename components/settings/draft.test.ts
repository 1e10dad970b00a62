import fc from "fast-check";
import { expect, test } from "vitest";
import { toDraft, toValue } from "./draft";
import type { SettingView } from "./setting-view";

const MAXIMUM: SettingView = {
  name: "auth-token-max-ttl-minutes",
  title: "",
  group: "",
  meaning: "",
  range: { unit: "minutes", min: -1, max: 525_600_000 },
  value: "129600",
  usual: "129600",
  resourceVersion: "0",
  changed: null,
  longerLived: null,
};
const typed = (amount: string, unit: "days" | "hours" | "minutes") =>
  toValue(MAXIMUM, { ...toDraft(MAXIMUM, "60"), amount, unit });

test("a value that is shown and not touched is the same value", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 525_600_000 }), (minutes) => {
      expect(toValue(MAXIMUM, toDraft(MAXIMUM, String(minutes)))).toBe(String(minutes));
    }),
  );
  for (const value of ["true", "false"]) {
    const setting = { ...MAXIMUM, range: null };
    expect(toValue(setting, toDraft(setting, value))).toBe(value);
  }
  const length = { ...MAXIMUM, range: { unit: "characters", min: 8, max: 128 } } as const;
  expect(toValue(length, toDraft(length, "15"))).toBe("15");
});

test("an amount counts in its unit, also in parts of it", () => {
  expect(typed("30", "days")).toBe("43200");
  expect(typed(" 1.5 ", "hours")).toBe("90");
  expect(typed("7", "minutes")).toBe("7");
});

test("no maximum is 0, also from -1", () => {
  expect(toDraft(MAXIMUM, "-1")).toMatchObject({ isUnlimited: true, amount: "" });
  expect(toValue(MAXIMUM, toDraft(MAXIMUM, "-1"))).toBe("0");
});

test("what is no number stays as typed, and never becomes another value", () => {
  for (const text of ["ninety", "1e3", "0x10", "1,5", "1.2.3", "--1"]) {
    expect(typed(text, "days")).toBe(text);
  }
});
