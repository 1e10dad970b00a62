import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { query } from "@/db/client";
import { listFew, listGathered, listInOrder } from "@/db/token-list";
import type { UserActor } from "../actor";
import { evaluate, type Known, type NaiveFilter, randomFilter } from "../testing/naive-list";
import { anOwner } from "../testing/owners";
import { aRandomInventory } from "../testing/random-inventory";
import { conditionsOf } from "./conditions";
import { tokenFacets } from "./facets";
import type { TokenFilter } from "./filter";
import { listTokens } from "./list";
import { countTokens, selectTokens } from "./select";
import { sweepRisks } from "./sweep-risks";

let everything: Known[];
let admin: UserActor;
let people: UserActor[];

beforeAll(async () => {
  admin = await anOwner({ role: "admin", username: "inventory-admin" });
  ({ people, tokens: everything } = await aRandomInventory());
  await sweepRisks();
});

const whoever = fc.nat().map((at) => (at % 3 === 0 ? people[at % people.length] : admin) ?? admin);
const visibleTo = (actor: UserActor) =>
  everything.filter((token) => actor.role === "admin" || token.ownerId === actor.userId);

async function pagesOf(actor: UserActor, filter: TokenFilter, size: number) {
  const names: string[] = [];
  let page = await listTokens(actor, filter, { size });
  names.push(...page.tokens.map((token) => token.name));
  while (page.next) {
    page = await listTokens(actor, { ...filter, after: page.next }, { size });
    names.push(...page.tokens.map((token) => token.name));
  }
  const back = page.tokens.map((token) => token.name);
  while (page.previous) {
    page = await listTokens(actor, { ...filter, before: page.previous }, { size });
    back.unshift(...page.tokens.map((token) => token.name));
  }
  return { names, back };
}

const RUNS = { numRuns: 100 };
const TIMEOUT_MS = 120_000;

describe("for random tokens and any filter, the list equals a plain evaluation of the filter", () => {
  test("in order, page by page, both ways", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(
        whoever,
        randomFilter,
        fc.integer({ min: 15, max: 60 }),
        async (actor, filter, size) => {
          const expected = evaluate(visibleTo(actor), filter).map((token) => token.name);
          expect(await pagesOf(actor, filter, size)).toEqual({ names: expected, back: expected });
        },
      ),
      RUNS,
    );
  });

  test("whichever way it is read", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(randomFilter, fc.integer({ min: 1, max: 60 }), async (filter, limit) => {
        const expected = evaluate(everything, filter).slice(0, limit);
        const conditions = conditionsOf(admin, filter, { ttlMsMax: 90 * 86_400_000 });
        const sort = { column: filter.sort, descending: filter.descending };
        const wanted = { ...conditions, sort, from: undefined, limit };
        for (const read of [listFew, listInOrder, listGathered]) {
          const rows = await query((db) => read(db, wanted));
          expect(rows?.map((row) => row.name)).toEqual(expected.map((token) => token.name));
        }
      }),
      RUNS,
    );
  });

  test("in its count, and in what is selected whole", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(whoever, randomFilter, async (actor, filter) => {
        const expected = evaluate(visibleTo(actor), filter).map((token) => token.name);
        const selected: string[] = [];
        for await (const part of selectTokens(actor, filter)) {
          selected.push(...part.map((token) => token.name));
        }
        expect(selected.toSorted()).toEqual(expected.toSorted());
        expect(await countTokens(actor, filter)).toEqual({ count: expected.length, isMore: false });
      }),
      RUNS,
    );
  });

  test("in every facet's count, without its own filter", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(whoever, randomFilter, async (actor, filter) => {
        const visible = visibleTo(actor);
        const { total, counts } = await tokenFacets(actor, filter);
        expect(total).toEqual({ count: evaluate(visible, filter).length, isMore: false });
        for (const [field, values] of Object.entries(counts)) {
          for (const [value, count] of Object.entries(values)) {
            const chosen = { ...filter, [field]: value } as NaiveFilter;
            expect([field, value, count?.count]).toEqual([
              field,
              value,
              evaluate(visible, chosen).length,
            ]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("no filter shows a person somebody else's token", { timeout: TIMEOUT_MS }, async () => {
  const [person] = people;
  if (!person) throw new Error("there is nobody");
  await fc.assert(
    fc.asyncProperty(randomFilter, async (filter) => {
      const { tokens } = await listTokens(person, filter, { size: 1_000 });
      expect(new Set(tokens.map((token) => token.ownerName)).size).toBeLessThanOrEqual(1);
      const own = new Set(visibleTo(person).map((token) => token.name));
      expect(tokens.every((token) => own.has(token.name))).toBe(true);
    }),
    RUNS,
  );
});
