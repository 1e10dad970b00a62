import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyFilter } from "../testing/any-filter";
import { completions } from "./completions";
import { parseQuery, toQuery } from "./query-language";
import { splitQuery } from "./query-words";

const filterOf = (text: string) => parseQuery(text).filter;

describe("a query", () => {
  test("is read word by word", () => {
    const text = 'owner:ada state:active unused:90d expires:<7d "deploy"';
    expect(parseQuery(text)).toEqual({
      filter: {
        owner: "ada",
        state: "active",
        lastUse: "not-90d",
        expiry: "7d",
        search: "deploy",
      },
      problems: [],
    });
  });

  test("of any filter reads back as that filter", () => {
    fc.assert(
      fc.property(anyFilter, ({ sort: _, descending: __, after: ___, before: ____, ...fields }) => {
        expect(parseQuery(toQuery(fields))).toEqual({ filter: fields, problems: [] });
      }),
      { numRuns: 3_000 },
    );
  });

  test("of any text at all is read, and what was read is stable", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        const { filter } = parseQuery(text);
        expect(filterOf(toQuery(filter))).toEqual(filter);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["nightly  backup", { search: "nightly backup" }],
    ['"nightly  backup"', { search: "nightly  backup" }],
    ['owner:"ada l" x', { owner: "ada l", search: "x" }],
    ['"owner:ada"', { search: "owner:ada" }],
    ['say "\\"hi\\" \\\\"', { search: 'say "hi" \\' }],
    ['"not closed', { search: "not closed" }],
    ["OWNER:ada State:LIVE", { owner: "ada", state: "live" }],
    ["10:30", { search: "10:30" }],
    ["state:live state:live", { state: "live" }],
    ["address:10.1.2.3/8", { address: "10.0.0.0/8" }],
    ["", {}],
  ])("%j is %j", (text, filter) => {
    expect(parseQuery(text)).toEqual({ filter, problems: [] });
  });
});

describe("a problem", () => {
  test.each([
    ["x stat:active", 2, 13, "stat:active", "state:active"],
    ["state:activ", 0, 11, "state:activ", "state:active"],
    ["http://x", 0, 8, "http://x", '"http://x"'],
    ["expires:soon owner:a", 0, 12, "expires:soon", undefined],
    ["owner:", 0, 6, "owner:", undefined],
    ["unused:never", 0, 12, "unused:never", undefined],
    ["state:live state:expired", 11, 24, "state:expired", undefined],
    ["used:7d unused:7d", 8, 17, "unused:7d", undefined],
  ])("in %j names the word and its place", (text, start, end, word, suggestion) => {
    const [problem, ...others] = parseQuery(text).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ start, end, word });
    expect(problem?.suggestion).toBe(suggestion);
    expect(problem?.message).not.toBe("");
  });

  test("is never in the filter, and the rest of the query is", () => {
    expect(filterOf("stat:active owner:ada sort:name deploy")).toEqual({
      owner: "ada",
      search: "deploy",
    });
  });
});

test("the words of a query leave nothing out", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      for (const word of splitQuery(text)) {
        expect(text.slice(word.start, word.end)).toBe(word.text);
      }
      const covered = splitQuery(text).reduce((sum, { start, end }) => sum + end - start, 0);
      expect(covered).toBeGreaterThanOrEqual(text.replaceAll(/\s/gu, "").length);
    }),
  );
});

describe("at the cursor there are", () => {
  const optionsAt = (text: string, cursor = text.length) =>
    completions(text, cursor).options.map((option) => option.text);

  test("the keys that begin with what is typed", () => {
    expect(optionsAt("ow")).toEqual(["owner:", "owner-state:"]);
    expect(optionsAt("x us")).toEqual(["used:"]);
    expect(optionsAt("")).toContain("state:");
  });

  test("the values of the key", () => {
    expect(optionsAt("owner:a state:exp")).toEqual(["expires-soon", "expired"]);
    expect(completions("state:exp x", 9)).toMatchObject({ from: 6, to: 9 });
    expect(optionsAt("unused:")).toContain("90d");
  });

  test("none within quotes or of a key that nobody knows", () => {
    expect(optionsAt('"st')).toEqual([]);
    expect(optionsAt("nothing:a")).toEqual([]);
  });
});
