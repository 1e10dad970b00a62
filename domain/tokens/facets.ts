import { query } from "@/db/client";
import { type Count, countEach, countMatching, countWithin, listKinds } from "@/db/token-facets";
import type { Actor } from "../actor";
import { getSettings } from "../settings/get";
import { conditionsOf, type ListScope } from "./conditions";
import { FACETS, type FacetField, type TokenFacets } from "./facet-values";
import { type TokenFilter, withoutField } from "./filter";
import { readInTime } from "./in-time";

/** Up to how many tokens are counted exactly; beyond it there are "10,000+". */
export const COUNT_MAX = 10_000;

const TIME_LIMIT_MS = 320;
const KINDS_MAX = 8;

interface Group {
  /** The filter that is common to all values of these fields. */
  base: TokenFilter;
  fields: FacetField[];
}

/** Counts what each value of a filter would select, true for the present filter, in bounded time. */
export async function tokenFacets(
  actor: Actor,
  filter: TokenFilter,
  scope: ListScope = {},
): Promise<TokenFacets> {
  const deadlineMs = performance.now() + TIME_LIMIT_MS;
  const { ttlMsMax } = await getSettings();
  const conditions = (of: TokenFilter) => conditionsOf(actor, of, { ...scope, ttlMsMax });
  const { ownerId } = conditions(filter);
  const kinds = await query((db) => listKinds(db, ownerId, KINDS_MAX));
  const isAdmins = ownerId === undefined;
  const result: TokenFacets = { total: null, counts: {} };
  const groups = groupsOf(filter, isAdmins);
  await Promise.all([
    total(conditions(filter), deadlineMs).then((count) => {
      result.total = count;
    }),
    ...groups.map(async ({ base, fields }) => {
      const values = fields.flatMap((field) => valuesOf(field, kinds, filter[field]));
      const counts = await countValues(base, values, conditions, deadlineMs);
      values.forEach(({ field, value }, at) => {
        const ofField = result.counts[field] ?? {};
        ofField[value] = counts[at] ?? null;
        result.counts[field] = ofField;
      });
    }),
  ]);
  return result;
}

type Conditions = ReturnType<typeof conditionsOf>;

function groupsOf(filter: TokenFilter, isAdmins: boolean): Group[] {
  const fields = (Object.keys(FACETS) as FacetField[]).filter(
    (field) => isAdmins || !field.startsWith("owner"),
  );
  // Without a kind there are no sign-ins: that is a filter too.
  const restricts = (field: FacetField) => field === "kind" || filter[field] !== undefined;
  return [
    { base: filter, fields: fields.filter((field) => !restricts(field)) },
    ...fields
      .filter(restricts)
      .map((field) => ({ base: withoutOwn(filter, field), fields: [field] })),
  ].filter((group) => group.fields.length > 0);
}

function withoutOwn(filter: TokenFilter, field: FacetField): TokenFilter {
  return field === "kind" ? { ...filter, kind: "all" } : withoutField(filter, field);
}

function valuesOf(field: FacetField, kinds: readonly string[], present: string | undefined) {
  const values = new Set<string>([...FACETS[field], ...(field === "kind" ? kinds : [])]);
  if (present !== undefined) values.add(present);
  return [...values].map((value) => ({ field, value }));
}

async function total(conditions: Conditions, deadlineMs: number): Promise<Count | null> {
  const count = await readInTime(deadlineMs, (tx) => countMatching(tx, conditions, COUNT_MAX));
  return count ?? null;
}

// Few tokens are read once and counted for every value; of many, each value's own are counted.
async function countValues(
  base: TokenFilter,
  values: readonly { field: FacetField; value: string }[],
  conditions: (filter: TokenFilter) => Conditions,
  deadlineMs: number,
): Promise<(Count | null)[]> {
  const wanted = values.map(({ field, value }) => ({ ...base, [field]: value }) as TokenFilter);
  const narrow = await readInTime(deadlineMs, (tx) =>
    countWithin(tx, conditions(base), wanted.map(conditions), COUNT_MAX),
  );
  if (narrow) return narrow.counts;
  const counts: (Count | null)[] = [];
  for (const filter of wanted) {
    const count = await readInTime(deadlineMs, (tx) =>
      countEach(tx, [conditions(filter)], COUNT_MAX),
    );
    counts.push(count?.[0] ?? null);
  }
  return counts;
}
