import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changeFilter,
  EXPIRY_WINDOWS,
  isFiltered,
  LAST_USE_WINDOWS,
  parseTokenFilter,
  type SearchParams,
  SORT_COLUMNS,
  type TokenFilter,
  toQueryString,
} from "./filter";
import { TOKEN_STATES } from "./lifecycle";

const DEFAULT = { sort: "created", descending: true };

function parseQuery(query: string): TokenFilter {
  return parseTokenFilter(Object.fromEntries(new URLSearchParams(query)));
}

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .map((value) => value.trim())
  .filter((value) => value !== "" && !value.includes("\u0000"));

const anyFilter: fc.Arbitrary<TokenFilter> = fc
  .record(
    {
      search: text,
      kind: text,
      state: fc.constantFrom(...TOKEN_STATES),
      expiry: fc.constantFrom(...(Object.keys(EXPIRY_WINDOWS) as "1d"[])),
      lastUse: fc.constantFrom(...(Object.keys(LAST_USE_WINDOWS) as "1d"[])),
      owner: text,
      sort: fc.constantFrom(...SORT_COLUMNS),
      descending: fc.boolean(),
      after: text,
      before: text,
    },
    { requiredKeys: ["sort", "descending"] },
  )
  .map((filter) => filter as TokenFilter);

describe("a filter in the address", () => {
  test("reads back as what was written", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(parseQuery(toQueryString(filter))).toEqual(filter);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is left out where it is the default", () => {
    expect(toQueryString(parseTokenFilter({}))).toBe("");
  });

  test("of a long description's page is kept whole", () => {
    const cursor = Buffer.from(JSON.stringify(["description", false, "ß".repeat(64), "1"]));
    const after = cursor.toString("base64url").padEnd(600, "A");
    expect(parseTokenFilter({ after }).after).toBe(after);
  });

  test("says nothing of what is empty", () => {
    const empty = { q: "", kind: "", state: "", expires: " ", used: "", owner: "", after: "" };
    expect(parseTokenFilter({ ...empty, before: "", sort: "" })).toEqual(DEFAULT);
  });
});

describe("unknown values", () => {
  test.each([
    { state: "lost" },
    { state: "constructor" },
    { expires: "2d" },
    { expires: "toString" },
    { used: "__proto__" },
    { sort: "hash" },
    { sort: "--name" },
    { sort: "-" },
    { q: "\u0000" },
    { owner: "\ud800" },
    { unknown: "x" },
  ])("fall back: %j", (params) => {
    expect(parseTokenFilter(params as SearchParams)).toEqual(DEFAULT);
  });

  test("never throw, and what was read is stable", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.array(fc.string({ unit: "binary" })),
      fc.constant(undefined),
    );
    const names = ["q", "kind", "state", "expires", "used", "owner", "sort", "after", "before"];
    const params = fc.record(Object.fromEntries(names.map((name) => [name, value])));
    fc.assert(
      fc.property(params, (hostile) => {
        const filter = parseTokenFilter(hostile);
        expect(parseQuery(toQueryString(filter))).toEqual(filter);
        for (const field of Object.values(filter)) {
          if (typeof field === "string") expect(field.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("do not cut a character in half", () => {
    const { search } = parseTokenFilter({ q: `${"x".repeat(199)}😀` });
    expect(search?.isWellFormed()).toBe(true);
  });

  test("of a repeated parameter are its first", () => {
    expect(parseTokenFilter({ state: ["expired", "active"] }).state).toBe("expired");
  });
});

describe("a changed filter", () => {
  test("begins at the first page again", () => {
    const filter = parseTokenFilter({ after: "x", q: "deploy" });
    expect(changeFilter(filter, { state: "expired" })).toEqual({
      ...DEFAULT,
      search: "deploy",
      state: "expired",
    });
  });

  test("restricts unless it only sorts", () => {
    expect(isFiltered(parseTokenFilter({ sort: "name" }))).toBe(false);
    expect(isFiltered(parseTokenFilter({ q: "" }))).toBe(false);
    expect(isFiltered(parseTokenFilter({ owner: "ann" }))).toBe(true);
  });
});
