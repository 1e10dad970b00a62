import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyFilter } from "../testing/any-filter";
import {
  activeFields,
  changeFilter,
  isFiltered,
  parseTokenFilter,
  readTokenFilter,
  type SearchParams,
  type TokenFilter,
  toQueryString,
  withoutField,
} from "./filter";

const DEFAULT = { sort: "created", descending: true };

function parseQuery(query: string): TokenFilter {
  return parseTokenFilter(Object.fromEntries(new URLSearchParams(query)));
}

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
    { expires: "2w" },
    { expires: "0d" },
    { expires: "2026-02-30" },
    { expires: "2026-03-02..2026-03-01" },
    { created: "never" },
    { created: "not-3d" },
    { used: "not-" },
    { used: ">3d" },
    { lifetime: "over" },
    { lifetime: "90d" },
    { role: "root" },
    { "owner-state": "gone" },
    { address: "10.0.0.0/33" },
    { address: "10.0.0" },
    { address: "::g" },
    { owner: "=" },
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
    const names =
      "q kind state expires used created lifetime address role owner-state owner sort after before";
    const params = fc.record(Object.fromEntries(names.split(" ").map((name) => [name, value])));
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

describe("a notice is given", () => {
  const noticesOf = (params: SearchParams, others: string[] = []) =>
    readTokenFilter(params, others).notices.map((notice) => notice.parameter);

  test("for every value that is left out, and none for what counts", () => {
    const params = { state: "lost", sort: "hash", owner: "ann", expires: "7d", address: "x" };
    expect(noticesOf(params).sort()).toEqual(["address", "sort", "state"]);
  });

  test("for a parameter that nobody knows", () => {
    expect(noticesOf({ stat: "active", view: "mine", after: "x" }, ["view"])).toEqual(["stat"]);
  });

  test("for what is repeated or too long", () => {
    expect(noticesOf({ state: ["active", "expired"], q: "x".repeat(300) }).sort()).toEqual([
      "q",
      "state",
    ]);
  });

  test("that says what is possible", () => {
    const [notice] = readTokenFilter({ state: "lost" }).notices;
    expect(notice?.message).toContain("active, expires-soon, expired, disabled or live");
  });

  test("and never one for an address that a filter wrote", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const params = Object.fromEntries(new URLSearchParams(toQueryString(filter)));
        expect(readTokenFilter(params)).toEqual({ filter, notices: [] });
      }),
    );
  });
});

test.each([
  ["expires", "<7D", "7d"],
  ["expires", "007d", "7d"],
  ["created", "<12h", "12h"],
  ["address", "10.1.2.3/8", "10.0.0.0/8"],
  ["address", "2001:DB8:0::1", "2001:db8::1"],
  ["address", "::ffff:10.1.2.3", "10.1.2.3"],
  ["state", "LIVE", "live"],
])("%s %j is read as %j", (parameter, given, read) => {
  const query = toQueryString(parseTokenFilter({ [parameter]: given }));
  expect(new URLSearchParams(query).get(parameter)).toBe(read);
});

test("each filter can be taken away by itself", () => {
  const filter = parseTokenFilter({ state: "live", owner: "ann", after: "x" });
  expect(activeFields(filter)).toEqual(["owner", "state"]);
  expect(withoutField(filter, "owner")).toEqual({ ...DEFAULT, state: "live" });
});
