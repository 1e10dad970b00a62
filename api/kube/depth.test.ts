import fc from "fast-check";
import { expect, test } from "vitest";
import { DEPTH_MAX, isTooDeep, opensTooDeep } from "./depth";

test("a JSON text opens too many levels exactly when its value has too many", () => {
  const deep = fc
    .array(fc.constantFrom("list", "object"), {
      minLength: DEPTH_MAX - 3,
      maxLength: DEPTH_MAX + 3,
    })
    .map((kinds) =>
      kinds.reduce<unknown>((inner, kind) => (kind === "list" ? [inner] : { 'a"[\\': inner }), "]"),
    );
  const value = fc.oneof(deep, fc.jsonValue({ stringUnit: "binary" }));
  fc.assert(
    fc.property(value, (of) => {
      expect(opensTooDeep(JSON.stringify(of))).toBe(isTooDeep(of));
    }),
    { numRuns: 500 },
  );
});

test("half a megabyte of brackets is found out by its first few", () => {
  const text = "[".repeat(512 * 1_024);
  const before = process.cpuUsage();
  for (let at = 0; at < 1_000; at += 1) expect(opensTooDeep(text)).toBe(true);
  // All thousand of them cost less than parsing a few.
  const { user } = process.cpuUsage(before);
  expect(user).toBeLessThan(500_000);
});
