import { describe, expect, test } from "vitest";
import { jsonPatch, toJsonPatch } from "./json-patch";

const STORED = {
  metadata: { name: "token-x", labels: { a: "1" } },
  spec: { ttl: 1, enabled: true },
};

const patched = (...operations: unknown[]) => jsonPatch(STORED, toJsonPatch(operations));

describe("a JSON patch", () => {
  test("adds, replaces, removes, moves, copies and tests, in its order", () => {
    const before = structuredClone(STORED);
    expect(
      patched(
        { op: "test", path: "/spec", value: { enabled: true, ttl: 1 } },
        { op: "add", path: "/metadata/labels/example.com~1b~0c", value: "2" },
        { op: "replace", path: "/spec/ttl", value: 2 },
        { op: "copy", from: "/spec/ttl", path: "/spec/copied" },
        { op: "move", from: "/spec/copied", path: "/spec/moved" },
        { op: "remove", path: "/spec/enabled" },
      ),
    ).toEqual({
      metadata: { name: "token-x", labels: { a: "1", "example.com/b~c": "2" } },
      spec: { ttl: 2, moved: 2 },
    });
    expect(STORED).toEqual(before);
  });

  test("may name a label as an object's inherited members are called", () => {
    const labels = { constructor: "a", toString: "b", prototype: "c" };
    const added = Object.entries(labels).map(([name, value]) => ({
      op: "add",
      path: `/metadata/labels/${name}`,
      value,
    }));
    expect(patched(...added)).toMatchObject({ metadata: { labels: { a: "1", ...labels } } });
  });

  test("of lists works by their places, and grows nothing that all lists share", () => {
    const list = { op: "add", path: "/list", value: [1, 2] };
    expect(patched(list, { op: "add", path: "/list/-", value: 3 })).toMatchObject({
      list: [1, 2, 3],
    });
    expect(() => patched(list, { op: "add", path: "/list/push/polluted", value: 1 })).toThrow();
    expect([].push).not.toHaveProperty("polluted");
  });

  test("compares in a moment what is long", () => {
    const value = Array.from({ length: 30_000 }, (_, at) => at);
    const startedAt = performance.now();
    expect(() =>
      patched(
        { op: "add", path: "/list", value },
        { op: "test", path: "/list", value: [...value].reverse() },
      ),
    ).toThrow();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
