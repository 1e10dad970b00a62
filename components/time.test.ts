import { describe, expect, test } from "vitest";
import { exactTime } from "./time";
import { fromLocalInput, toLocalInput } from "./time-zone";

const AT = new Date("2026-11-24T22:05:09Z");

describe("an exact time", () => {
  test.each([
    ["Asia/Tokyo", "day-month", "Wed, 25 Nov 2026, 07:05:09 GMT+9"],
    ["America/New_York", "month-day", "Tue, Nov 24, 2026, 05:05:09 PM EST"],
    ["Asia/Tokyo", "iso", "2026-11-25 07:05:09 GMT+9"],
    ["UTC", "iso", "2026-11-24 22:05:09 UTC"],
  ] as const)("in %s, %s, is written %s", (timeZone, dateFormat, expected) => {
    expect(exactTime(AT, { timeZone, dateFormat })).toBe(expected);
  });

  test("in a zone that the browser does not know is told in its own", () => {
    const own = exactTime(AT, { timeZone: null, dateFormat: "iso" });
    expect(exactTime(AT, { timeZone: "Mars/Olympus", dateFormat: "iso" })).toBe(own);
  });
});

describe("a date that is typed in", () => {
  const zones = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham"];
  test.each(zones)("in %s means the instant that it was shown for", (timeZone) => {
    for (let month = 0; month < 24; month += 1) {
      const at = new Date(Date.UTC(2026, month, 29, 0, 30));
      expect(fromLocalInput(toLocalInput(at, timeZone), timeZone)).toEqual(at);
    }
  });

  test("counts in the zone that was chosen, on both sides of a change of the clocks", () => {
    const berlin = (text: string) => fromLocalInput(text, "Europe/Berlin").toISOString();
    expect(berlin("2026-03-29T01:59")).toBe("2026-03-29T00:59:00.000Z");
    expect(berlin("2026-03-29T03:00")).toBe("2026-03-29T01:00:00.000Z");
    expect(berlin("2026-10-25T03:00")).toBe("2026-10-25T02:00:00.000Z");
    expect(toLocalInput(AT, "Asia/Tokyo")).toBe("2026-11-25T07:05");
  });

  test("in the browser's zone is what the browser takes it for", () => {
    expect(fromLocalInput("2026-07-01T12:00", null)).toEqual(new Date("2026-07-01T12:00"));
    expect(toLocalInput(new Date("2026-07-01T12:00"), null)).toBe("2026-07-01T12:00");
    expect(fromLocalInput("nonsense", "UTC").getTime()).toBeNaN();
  });
});
