import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../actor";
import { aFleet, allOf, FLEET, namesOf } from "../testing/fleet";
import { refusalOf } from "../testing/refusal";
import { SORT_COLUMNS, type SortColumn, type TokenFilter } from "./filter";
import { listTokens } from "./list";
import type { ListedToken } from "./listed-token";

const ALL = { kind: "all", sort: "name", descending: false } as const;

let owner: UserActor;
let admin: UserActor;
let tokens: ListedToken[];

beforeAll(async () => {
  ({ owner, admin, tokens } = await aFleet());
});

describe.each(SORT_COLUMNS.flatMap((sort) => [[sort, false] as const, [sort, true] as const]))(
  "in the order of %s, descending %s",
  (sort, descending) => {
    const filter: TokenFilter = { ...FLEET, sort, descending };

    test("pages show every token exactly once, whatever their size", async () => {
      const whole = namesOf(await allOf(admin, filter));
      expect([...whole].sort()).toEqual(namesOf(tokens).sort());
      for (const size of [1, 7, 47, 48]) {
        expect(namesOf(await allOf(admin, filter, size))).toEqual(whole);
      }
    });

    test("the way back shows the same pages", async () => {
      const size = 7;
      const forwards: string[][] = [];
      let page = await listTokens(admin, filter, { size });
      expect(page.previous).toBeNull();
      forwards.push(namesOf(page.tokens));
      while (page.next) {
        page = await listTokens(admin, { ...filter, after: page.next }, { size });
        forwards.push(namesOf(page.tokens));
      }
      const backwards = [forwards.at(-1)];
      while (page.previous) {
        page = await listTokens(admin, { ...filter, before: page.previous }, { size });
        expect(page.next).not.toBeNull();
        backwards.unshift(namesOf(page.tokens));
      }
      expect(backwards).toEqual(forwards);
    });

    test("tokens are sorted by their value", async () => {
      const values = (await allOf(admin, filter)).map((token) => sortValue(sort, token));
      const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(values).toEqual(descending ? sorted.reverse() : sorted);
    });
  },
);

// Text in the order of its bytes, as Postgres' collation "C" has it.
const bytes = (text: string) => Buffer.from(text).toString("hex");
const time = (at: Date | null, never: number) => at?.getTime() ?? never;

function sortValue(sort: SortColumn, token: ListedToken): string | number {
  switch (sort) {
    case "name":
      return bytes(token.name);
    case "kind":
      return bytes(token.kind);
    case "description":
      return bytes(token.description.toLowerCase().replaceAll("ς", "σ"));
    case "owner":
      return bytes(token.ownerName.toLowerCase());
    case "state":
      return (token.enabled ? 1e15 : 0) + time(token.expiresAt, 1e14);
    case "expires":
      return time(token.expiresAt, Number.POSITIVE_INFINITY);
    case "last-used":
      return time(token.lastUsedAt, Number.NEGATIVE_INFINITY);
    case "created":
      return token.createdAt.getTime();
    case "risk":
      return token.risk.score;
  }
}

describe("a cursor", () => {
  test.each(SORT_COLUMNS)("of another order than %s has expired", async (sort) => {
    const page = await listTokens(owner, { ...ALL, sort }, { size: 1 });
    const cursor = page.next ?? "";
    const wrong = SORT_COLUMNS.flatMap((column) => [
      { ...ALL, sort: column, descending: true },
      ...(column === sort ? [] : [{ ...ALL, sort: column }]),
    ]);
    for (const filter of wrong) {
      for (const from of [{ after: cursor }, { before: cursor }]) {
        const refusal = await refusalOf(listTokens(owner, { ...filter, ...from }, { size: 1 }));
        expect(refusal.code).toBe("expired");
      }
    }
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test.each([
    ["no base64", "name", "%%%"],
    ["no JSON", "name", "AAAA"],
    ["no list", "name", encode({})],
    ["null", "name", encode(null)],
    ["too short", "name", encode(["name", false, "x"])],
    ["too long", "name", encode(["name", false, "x", "1", "1"])],
    ["a number for text", "name", encode(["name", false, 1, "1"])],
    ["no id", "name", encode(["name", false, "x", "x"])],
    ["an id out of range", "name", encode(["name", false, "x", "9".repeat(19)])],
    ["U+0000", "name", encode(["name", false, "\u0000", "1"])],
    ["half a character", "name", encode(["name", false, "\ud800", "1"])],
    ["no time", "created", encode(["created", false, "now", "1"])],
    ["no such month", "created", encode(["created", false, "2026-13-01 00:00:00+00", "1"])],
    ["no such day", "created", encode(["created", false, "2026-02-30 00:00:00+00", "1"])],
    ["no such hour", "expires", encode(["expires", false, "2026-02-01 99:00:00+00", "1"])],
    ["the year 0", "last-used", encode(["last-used", false, "0000-01-01 00:00:00+00", "1"])],
    ["no boolean", "state", encode(["state", false, "yes", "infinity", "1"])],
  ] as const)("that has %s has expired", async (_, sort, after) => {
    for (const cursor of [{ after }, { before: after }]) {
      const refusal = await refusalOf(listTokens(owner, { ...ALL, sort, ...cursor }, { size: 1 }));
      expect(refusal.code).toBe("expired");
    }
  });

  test("of any text at all is a page or has expired", async () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("infinity", "-infinity", "true", "9999-12-31 23:59:59+00", "1", ""),
      fc
        .date({ noInvalidDate: true })
        .map((date) => date.toISOString().replace("T", " ").replace("Z", "+00")),
    );
    const position = fc.array(part, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SORT_COLUMNS), position, async (sort, values) => {
        const after = encode([sort, false, ...values, "1"]);
        const outcome = await listTokens(owner, { ...ALL, sort, after }, { size: 1 }).then(
          () => "page",
          (error) => error.code,
        );
        expect(["page", "expired"]).toContain(outcome);
      }),
      { numRuns: 500 },
    );
  });
});
