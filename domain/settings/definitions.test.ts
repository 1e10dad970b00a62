import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSettingName, SETTINGS, type SettingName, valueProblem } from "./definitions";

const NAMES = Object.keys(SETTINGS) as SettingName[];
const NUMBERS = NAMES.filter((name) => SETTINGS[name].values.type === "integer");

describe("a value of a setting", () => {
  test.each(NAMES)("may be the default of %s", (name) => {
    expect(valueProblem(name, SETTINGS[name].default)).toBeNull();
  });

  test.each(NUMBERS)("of %s is a whole number within its bounds and nothing else", (name) => {
    const { values } = SETTINGS[name];
    if (values.type !== "integer") return;
    const { min, max } = values;
    fc.assert(
      fc.property(fc.integer({ min: min - 10, max: max + 10 }), (number) => {
        const isWithin = number >= min && number <= max;
        expect(valueProblem(name, String(number)) === null).toBe(isWithin);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!/^-?\d+$/.test(text));
        expect(valueProblem(name, text)).toContain("must be a whole number");
      }),
    );
    for (const text of [
      "1e2",
      "0x10",
      "1.5",
      " 60",
      "60 ",
      "+60",
      "NaN",
      "Infinity",
      "९०",
      "6_0",
    ]) {
      expect(valueProblem(name, text)).not.toBeNull();
    }
  });

  test("names its unit and its bounds when it is refused", () => {
    expect(valueProblem("password-min-length", "7")).toBe(
      "must be a whole number of characters from 8 to 128",
    );
    expect(valueProblem("local-sign-in", "no")).toBe("must be true or false");
  });
});

test.each(["", "constructor", "__proto__", "toString", "AUTH-TOKEN-MAX-TTL-MINUTES", "x\u0000"])(
  "%j is no setting",
  (name) => {
    expect(isSettingName(name)).toBe(false);
  },
);
