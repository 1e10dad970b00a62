import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergePatch } from "./merge-patch";

describe("a merge patch", () => {
  // The examples of RFC 7396, appendix A, whose patch is an object.
  test.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("turns %j by %j into %j", (target, patch, outcome) => {
    expect(mergePatch(target, patch)).toEqual(outcome);
  });

  const json = fc.dictionary(fc.string(), fc.jsonValue());

  test("changes neither its target nor itself", () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        mergePatch(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
  });

  test("is the same when it is applied twice", () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  test("never touches a prototype", () => {
    const patch = JSON.parse('{"__proto__":{"x":1},"a":{"__proto__":{"x":1}}}');
    const outcome = mergePatch({ a: {} }, patch);
    expect({}).not.toHaveProperty("x");
    expect(Object.getPrototypeOf(outcome)).toBe(Object.prototype);
    expect(Object.hasOwn(outcome, "__proto__")).toBe(true);
  });
});
