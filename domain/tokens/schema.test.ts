import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseInput } from "../parse";
import { anOwner, aToken } from "../testing/owners";
import { createTokenInput, updateTokenInput } from "./schema";
import { updateToken } from "./update";

function problemsOf(input: unknown): string[] {
  const parsed = parseInput(createTokenInput, input);
  return (parsed.problems ?? []).map((problem) => `${problem.path} ${problem.type}`);
}

describe("text", () => {
  test.each([
    ["1,024 letters", "x".repeat(1_024), true],
    ["1,025 letters", "x".repeat(1_025), false],
    ["1,024 characters of two code units", "😀".repeat(1_024), true],
    ["1,025 characters of two code units", "😀".repeat(1_025), false],
    ["U+0000", "a\u0000b", false],
    ["half a pair", "a\ud83d", false],
    ["the other half", "\ude00a", false],
    ["a pair the wrong way round", "\ude00\ud83d", false],
    ["nothing", "", true],
    ["line ends, tabs and bells", "\r\n\t\u0007", true],
  ])("of %s is judged by its characters", (_, description, isFine) => {
    expect(problemsOf({ description })).toEqual(isFine ? [] : ["description invalid"]);
    const update = parseInput(updateTokenInput, { description });
    expect(update.problems === undefined).toBe(isFine);
  });

  test("comes back from the database exactly as it was sent", async () => {
    const owner = await anOwner();
    const { name } = await aToken(owner);
    const text = fc
      .oneof(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.constantFrom("é", "é", "\u202e", "\\", "'", '"', "{}", "\ufffe", "\uffff", "\u2028"),
      )
      .filter((value) => value.isWellFormed() && !value.includes("\u0000"));
    await fc.assert(
      fc.asyncProperty(text, text, async (description, annotation) => {
        const changes = { description, annotations: { note: annotation } };
        const token = await updateToken(owner, name, changes);
        expect(token.description).toBe(description);
        expect(token.annotations).toEqual({ note: annotation });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a ttl", () => {
  test.each([0, -1, 1, -5, Number.MAX_SAFE_INTEGER])("of %s is left to the rules", (ttlMs) => {
    expect(problemsOf({ ttlMs })).toEqual([]);
  });

  test.each([0.5, 1.5, 2 ** 53, -(2 ** 53), 1e308])("of %s is no number of ms", (ttlMs) => {
    expect(problemsOf({ ttlMs })).toEqual(["ttlMs invalid"]);
  });

  test.each(["3600000", "", "0x10", true, [], {}, Number.NaN, Infinity])(
    "of %j is of the wrong type",
    (ttlMs) => {
      expect(problemsOf({ ttlMs })).toEqual(["ttlMs type"]);
    },
  );
});

describe("a kind", () => {
  test.each(["", "session", "ci", "a.b-c_d", "x".repeat(63)])("%j is a label value", (kind) => {
    expect(problemsOf({ kind })).toEqual([]);
  });

  test.each(["-", "a ", "a/b", "ä", "-a", "a-"])("%j is none", (kind) => {
    expect(problemsOf({ kind })).toEqual(["kind invalid"]);
  });

  test("of 64 characters is too long", () => {
    expect(problemsOf({ kind: "x".repeat(64) })).toEqual(["kind tooLong"]);
  });
});

describe("labels and annotations", () => {
  test.each(["team", "example.com/team", "a", "A.b_c-9", "constructor", "hasOwnProperty"])(
    "may have the key %j",
    (key) => {
      expect(problemsOf({ labels: { [key]: "x" }, annotations: { [key]: "ü x" } })).toEqual([]);
    },
  );

  test.each(["", "/", "a/", "/a", "a/b/c", "-a", "EXAMPLE.com/a", "a b", "ä", "x".repeat(64)])(
    "may not have the key %j",
    (key) => {
      expect(problemsOf({ labels: { [key]: "x" } })).toEqual([`labels.${key} invalid`]);
      expect(problemsOf({ annotations: { [key]: "x" } })).toEqual([`annotations.${key} invalid`]);
    },
  );

  test("do not lose the key __proto__ without a word", () => {
    const labels = JSON.parse('{"__proto__":"x"}');
    expect(problemsOf({ labels })).toEqual(["labels.__proto__ invalid"]);
    expect(problemsOf({ annotations: labels })).toEqual(["annotations.__proto__ invalid"]);
  });

  test("have text values only", () => {
    expect(problemsOf({ labels: { a: 1 } })).toEqual(["labels.a type"]);
    expect(problemsOf({ annotations: { a: null } })).toEqual(["annotations.a type"]);
    expect(problemsOf({ labels: ["a"] })).toEqual(["labels type"]);
    expect(problemsOf({ labels: "a" })).toEqual(["labels type"]);
  });

  test("have label values that are label values", () => {
    expect(problemsOf({ labels: { a: "not allowed" } })).toEqual(["labels.a invalid"]);
  });

  test("are limited to 262,144 bytes in all", () => {
    expect(problemsOf({ annotations: { a: "x".repeat(262_000) } })).toEqual([]);
    expect(problemsOf({ annotations: { a: "x".repeat(262_144) } })).toEqual([
      "annotations invalid",
    ]);
    expect(problemsOf({ annotations: { a: "😀".repeat(131_000) } })).toEqual([
      "annotations invalid",
    ]);
  });
});

describe("all problems", () => {
  test("are told at once, each with its path", () => {
    const input = {
      ownerId: 1,
      kind: "a b",
      description: "\u0000",
      ttlMs: "1",
      enabled: "yes",
      clusterName: "c-1",
      labels: { "a b": "x" },
      annotations: { a: 1 },
      idempotencyKey: "1",
    };
    expect(problemsOf(input).map((problem) => problem.split(" ")[0])).toEqual([
      "ownerId",
      "kind",
      "description",
      "ttlMs",
      "enabled",
      "clusterName",
      "labels.a",
      "annotations.a",
      "idempotencyKey",
    ]);
  });

  test("do not include null, which counts as absent", () => {
    const absent = Object.fromEntries(
      Object.keys(createTokenInput.shape).map((name) => [name, null]),
    );
    const { ownerId, ...value } = createTokenInput.parse(absent);
    expect(ownerId ?? undefined).toBeUndefined();
    expect(value).toEqual(createTokenInput.parse({}));
  });
});
