import { expect, test } from "vitest";
import { readCreatedFilter } from "@/domain/tokens/time-window";
import { daysValue } from "./days-value";

test("days are from one to another, both included, and either may be left open", () => {
  expect(daysValue("2026-01-01", "2026-01-31")).toBe("2026-01-01..2026-01-31");
  expect(daysValue("2026-01-01", "2026-01-01")).toBe("2026-01-01");
  expect(daysValue("2026-03-01", "")).toBe(">2026-02-28");
  expect(daysValue("", "2026-12-31")).toBe("<2027-01-01");
});

test("without a day, or with the last before the first, there is no filter", () => {
  expect(daysValue("", "")).toBeUndefined();
  expect(daysValue("2026-01-02", "2026-01-01")).toBeUndefined();
});

test("every one is a filter", () => {
  for (const value of [daysValue("2026-01-01", ""), daysValue("2026-01-01", "2026-01-31")]) {
    expect(readCreatedFilter(value ?? "")).toBe(value);
  }
});
