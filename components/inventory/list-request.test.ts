import { expect, test } from "vitest";
import { readListRequest } from "./list-request";
import { queryText, readQuery } from "./read-query";

const ORDER = { sort: "created", descending: true } as const;

test("one's own list has no filter by owner, and says so", () => {
  const { filter, notices } = readListRequest("own", {
    owner: "ada",
    role: "admin",
    "owner-state": "enabled",
    state: "active",
  });
  expect(filter).toEqual({ state: "active", ...ORDER });
  expect(notices.map(({ parameter }) => parameter)).toEqual(["owner", "role", "owner-state"]);
  expect(readListRequest("all", { owner: "ada" })).toEqual({
    filter: { owner: "ada", ...ORDER },
    notices: [],
  });
});

test("a query that was sent is read like filters of the address, beside those", () => {
  const { filter, query, notices } = readListRequest("all", {
    query: 'owner:ada unused:90d "deploy"',
    kind: "all",
    sort: "-risk",
    expires: "7d",
  });
  expect(filter).toEqual({
    ...{ search: "deploy", owner: "ada", lastUse: "not-90d", kind: "all", expiry: "7d" },
    ...{ sort: "risk", descending: true },
  });
  expect([query?.problems, notices]).toEqual([[], []]);
});

test("of a query in one's own list, an owner is a problem and no filter", () => {
  const { filter, query } = readListRequest("own", { query: "owner:ada state:active" });
  expect(filter).toEqual({ state: "active", ...ORDER });
  expect(query?.problems).toMatchObject([{ start: 0, end: 9, word: "owner:ada" }]);
});

test("the last query counts: a suggestion is sent after what is in the box", () => {
  const { filter } = readListRequest("own", { query: ["sate:active", "state:active"] });
  expect(filter.state).toBe("active");
});

test("a query never carries what an address cannot, and says what was cut", () => {
  const { filter, query } = readListRequest("all", { query: `a\u0000b\uD800 ${"x".repeat(500)}` });
  expect(filter.search?.isWellFormed()).toBe(true);
  expect(filter.search).not.toContain("\u0000");
  expect(filter.search?.length).toBe(200);
  expect(query?.problems.map(({ message }) => message)).toEqual([
    "“q” is longer than 200 characters: the rest was left out.",
  ]);
});

test("the box leaves out the kind that is chosen above it, and keeps it", () => {
  const filter = { kind: "session", state: "active", ...ORDER } as const;
  expect(queryText(filter)).toBe("state:active");
  expect(readQuery("own", filter, "state:expired").filter).toEqual({
    ...filter,
    state: "expired",
  });
  expect(readQuery("own", filter, "kind:ci").filter).toEqual({ kind: "ci", ...ORDER });
});

test("another kind is in the box, and gone with its word", () => {
  const filter = { kind: "ci", ...ORDER };
  expect(queryText(filter)).toBe("kind:ci");
  expect(readQuery("own", filter, "").filter).toEqual(ORDER);
});
