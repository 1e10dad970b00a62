import fc from "fast-check";
import { expect, test } from "vitest";
import { countText, MINUTES, unitOf, valueText } from "./setting-view";

const MINUTES_RANGE = { range: { unit: "minutes", min: -1, max: 525_600_000 } } as const;

test.each([
  ["129600", "90 days"],
  ["60", "1 hour"],
  ["1501", "1 day 1 hour 1 minute"],
  ["1", "1 minute"],
  ["0", "No maximum"],
  ["-1", "No maximum"],
])("%s minutes are said as %s", (value, text) => {
  expect(valueText(MINUTES_RANGE, value)).toBe(text);
});

test("other values are said with their unit or as an answer", () => {
  expect(valueText({ range: { unit: "days", min: 1, max: 9 } }, "400")).toBe("400 days");
  expect(valueText({ range: { unit: "characters", min: 8, max: 9 } }, "15")).toBe("15 characters");
  expect(valueText({ range: null }, "true")).toBe("Allowed");
  expect(valueText({ range: null }, "false")).toBe("Not allowed");
});

test("minutes said in words lose nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 525_600_000 }), (minutes) => {
      const words = valueText(MINUTES_RANGE, String(minutes)).replaceAll(",", "").split(" ");
      let total = 0;
      for (let at = 0; at < words.length; at += 2) {
        const unit = `${words[at + 1]?.replace(/s$/, "")}s` as keyof typeof MINUTES;
        total += Number(words[at]) * MINUTES[unit];
      }
      expect(total).toBe(minutes);
      expect(minutes % MINUTES[unitOf(minutes)]).toBe(0);
    }),
  );
});

test("a count that ended early says so", () => {
  expect(countText(1, "token", 10_000)).toBe("1 token");
  expect(countText(412, "token", 10_000)).toBe("412 tokens");
  expect(countText(10_000, "token", 10_000)).toBe("more than 10,000 tokens");
});
