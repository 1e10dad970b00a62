import { expect, test } from "vitest";
import {
  changeUserFilter,
  isUserFiltered,
  parseUserFilter,
  toUserQuery,
  type UserFilter,
} from "./filter";

const paramsOf = (query: string) => Object.fromEntries(new URLSearchParams(query));

test.each<UserFilter>([
  {},
  { search: "ann & bob" },
  { role: "admin", state: "disabled" },
  { search: "a", role: "verifier", state: "enabled", after: "über@example.org" },
  { before: "100%" },
])("a filter survives its address: %j", (filter) => {
  expect(parseUserFilter(paramsOf(toUserQuery(filter)))).toEqual(filter);
});

test("what is unknown, broken or empty does not restrict and does not throw", () => {
  const odd = { q: "  ", role: "root", state: "x", after: "\ud800", before: "a\u0000", other: "1" };
  expect(parseUserFilter(odd)).toEqual({});
  expect(parseUserFilter({ q: ["first", "second"] })).toEqual({ search: "first" });
});

test("no text is longer than what the list takes", () => {
  const { search, after } = parseUserFilter({ q: "😀".repeat(500), after: "x".repeat(5_000) });
  expect([...(search ?? "")]).toHaveLength(128);
  expect(after).toHaveLength(256);
});

test("a changed filter begins at its first page", () => {
  expect(changeUserFilter({ role: "user", after: "m", before: "n" }, { state: "enabled" })).toEqual(
    {
      role: "user",
      state: "enabled",
    },
  );
});

test("a page alone is no filter", () => {
  expect([isUserFiltered({ after: "m" }), isUserFiltered({ state: "enabled" })]).toEqual([
    false,
    true,
  ]);
});
