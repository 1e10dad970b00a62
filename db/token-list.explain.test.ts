import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAuditEventsOf } from "./audit-events";
import { type Executor, query } from "./client";
import { insertMillionTokens } from "./testing/million-tokens";
import { asDatabaseOwner } from "./testing/worker-database";
import { selectChanges } from "./token-changes";
import { type CollectionQuery, selectCollection } from "./token-collection";
import { selectTokens, type TokenPosition, type TokenQuery } from "./token-list";

const DAY_MS = 86_400_000;
const TABLES = [
  "tokens",
  "token_uses",
  "token_addresses",
  "token_agents",
  "token_activity",
  "audit_events",
  "token_changes",
];
const SLOW_MS = 50;

const EVERYTHING: TokenQuery = {
  ownerId: undefined,
  owner: undefined,
  ownerRole: undefined,
  ownerEnabled: undefined,
  search: undefined,
  kind: undefined,
  state: undefined,
  soonMs: 7 * DAY_MS,
  expiry: undefined,
  created: undefined,
  lastUse: undefined,
  lifetime: undefined,
  address: undefined,
  sort: { column: "created", descending: true },
  from: undefined,
  limit: 51,
};

const SORTS = (
  [
    "name",
    "description",
    "kind",
    "state",
    "expires",
    "last-used",
    "created",
    "owner",
    "risk",
  ] as const
).flatMap((column) => [
  { column, descending: false },
  { column, descending: true },
]);

function coming(ms: number) {
  return { from: { fromNowMs: 0 }, before: { fromNowMs: ms } };
}

function past(ms: number) {
  return { from: { fromNowMs: -ms } };
}

function dayFromNow(days: number) {
  const from = Math.floor(Date.now() / DAY_MS + days) * DAY_MS;
  return { from: { at: new Date(from) }, before: { at: new Date(from + DAY_MS) } };
}

const FILTERS: Record<string, Partial<TokenQuery>> = {
  "all tokens": {},
  "no sign-ins": { kind: { not: "session" } },
  "sign-ins": { kind: { is: "session" } },
  "the empty kind": { kind: { is: "" } },
  "a rare kind": { kind: { is: "backup" } },
  "no such kind": { kind: { is: "nobody's" } },
  active: { state: "active" },
  "expires soon": { state: "expires-soon" },
  expired: { state: "expired" },
  disabled: { state: "disabled" },
  live: { state: "live" },
  "ends within a day": { expiry: coming(DAY_MS) },
  "ends within 7 days": { expiry: coming(7 * DAY_MS) },
  "ends within 30 days": { expiry: coming(30 * DAY_MS) },
  "ends later than 80 days": { expiry: { from: { fromNowMs: 80 * DAY_MS } } },
  "ends on a day": { expiry: dayFromNow(20) },
  "ended on a day": { expiry: dayFromNow(-20) },
  "never ends": { expiry: "never" },
  "used within a day": { lastUse: past(DAY_MS) },
  "used within 30 days": { lastUse: past(30 * DAY_MS) },
  "used on a day": { lastUse: dayFromNow(-70) },
  "not used for 30 days": { lastUse: { unusedForMs: 30 * DAY_MS } },
  "not used for 90 days": { lastUse: { unusedForMs: 90 * DAY_MS } },
  "not used for a year": { lastUse: { unusedForMs: 365 * DAY_MS } },
  "never used": { lastUse: "never" },
  "created within a day": { created: past(DAY_MS) },
  "created within 30 days": { created: past(30 * DAY_MS) },
  "created longer ago than a year": { created: { before: { fromNowMs: -365 * DAY_MS } } },
  "created on a day": { created: dayFromNow(-200) },
  "over the maximum": { lifetime: { aboveMs: 90 * DAY_MS, derivedOnly: true } },
  "longer than a year": { lifetime: { aboveMs: 365 * DAY_MS, derivedOnly: false } },
  "of administrators": { ownerRole: "admin" },
  "of verifiers": { ownerRole: "verifier" },
  "of users": { ownerRole: "user" },
  "of disabled people": { ownerEnabled: false },
  "of enabled people": { ownerEnabled: true },
  "an address": { address: { first: "203.1.7.9", last: "203.1.7.9" } },
  "a network": { address: { first: "203.1.7.0", last: "203.1.7.255" } },
  "a wide network": { address: { first: "10.0.0.0", last: "10.255.255.255" } },
  "no such network": { address: { first: "198.51.100.0", last: "198.51.100.255" } },
  "an owner": { owner: { startsWith: "ann.1200" } },
  "exactly an owner": { owner: { is: "ann.1200" } },
  "many owners": { owner: { startsWith: "a" } },
  "the owner of most": { owner: { is: "ann.0" } },
  "no such owner": { owner: { startsWith: "zz" } },
  "an owner's name in text": { search: "ann.1200" },
  "a common owner's name in text": { search: "ann." },
  "a common word": { search: "deploy" },
  "a rare word": { search: "billing 123" },
  "one description": { search: "999999" },
  "no such word": { search: "nothing has this" },
  "two letters": { search: "de" },
  "Ü and more": { search: "über" },
};

const COMBINATIONS: Record<string, Partial<TokenQuery>> = {
  "no sign-ins, expired": { kind: { not: "session" }, state: "expired" },
  "no sign-ins, active": { kind: { not: "session" }, state: "active" },
  "no sign-ins, disabled": { kind: { not: "session" }, state: "disabled" },
  "no sign-ins, expires soon": { kind: { not: "session" }, state: "expires-soon" },
  "no sign-ins, never used": { kind: { not: "session" }, lastUse: "never" },
  "active and not used for 30 days": { state: "active", lastUse: { unusedForMs: 30 * DAY_MS } },
  "never ends and never used": { expiry: "never", lastUse: "never" },
  "an owner's expired": { owner: { startsWith: "ann.1200" }, state: "expired" },
  "a word, active": { search: "grafana", state: "active" },
  "a rare kind, disabled": { kind: { is: "backup" }, state: "disabled" },
  "sign-ins used within a day": { kind: { is: "session" }, lastUse: past(DAY_MS) },
  "sign-ins that never end": { kind: { is: "session" }, expiry: "never" },
  "expired, used within a day": { state: "expired", lastUse: past(DAY_MS) },
  "live, never used, of disabled people": { state: "live", lastUse: "never", ownerEnabled: false },
  "live, over the maximum, of administrators": {
    state: "live",
    lifetime: { aboveMs: 90 * DAY_MS, derivedOnly: true },
    ownerRole: "admin",
  },
  "live, made long ago, not used": {
    state: "live",
    created: { before: { fromNowMs: -90 * DAY_MS } },
    lastUse: { unusedForMs: 60 * DAY_MS },
  },
  "a word, made today, live": { search: "deploy", created: past(DAY_MS), state: "live" },
  "a word, a network, never ends": {
    search: "grafana",
    address: { first: "10.0.0.0", last: "10.63.255.255" },
    expiry: "never",
  },
  "disabled, used today, of verifiers": {
    state: "disabled",
    lastUse: past(DAY_MS),
    ownerRole: "verifier",
  },
  "active, made long ago, ends soon": {
    state: "live",
    created: { before: { fromNowMs: -300 * DAY_MS } },
    expiry: coming(7 * DAY_MS),
  },
};

const OWNERS = { "the owner of most": "user-0", "an owner of few": "user-1999", nobody: "user-x" };

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

interface Explained {
  Plan: Plan;
  "Execution Time": number;
}

const measured: { name: string; ms: number }[] = [];

/** Runs the very statement of a list under EXPLAIN and returns the tables that it read in full. */
function explain(name: string, wanted: TokenQuery): Promise<string[]> {
  return explainStatement(name, (db) => selectTokens(db, wanted));
}

async function explainStatement(
  name: string,
  selectFrom: (
    db: Executor,
  ) => ReturnType<typeof selectTokens | typeof selectCollection | typeof selectChanges>,
): Promise<string[]> {
  const statement = query((db) => {
    const select = selectFrom(db);
    expect(select.toSQL().sql).not.toMatch(/\boffset\b/i);
    return db.execute(sql`explain (analyze, format json) ${select.getSQL()}`);
  });
  const [row] = await statement;
  const result = resultOf(row);
  measured.push({ name, ms: result["Execution Time"] });
  return scansOf(result.Plan);
}

function resultOf(row: Record<string, unknown> | undefined): Explained {
  if (!row) throw new Error("there is no plan");
  const [result] = row["QUERY PLAN"] as [Explained];
  return result;
}

function scansOf(plan: Plan): string[] {
  const own =
    plan["Node Type"] === "Seq Scan" && TABLES.includes(plan["Relation Name"] ?? "")
      ? [plan["Relation Name"] ?? ""]
      : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)];
}

const orderOf = ({ column, descending }: TokenQuery["sort"]) =>
  `by ${column}${descending ? " descending" : ""}`;

/** A place far into a list, as its own statement has it. */
async function placeIn(wanted: TokenQuery, at: number) {
  const [row] = await query((db) => selectTokens(db, { ...wanted, limit: 1 }).offset(at));
  return row && (JSON.parse(row.position) as TokenPosition);
}

beforeAll(async () => {
  const startedAt = performance.now();
  await insertMillionTokens();
  process.stdout.write(`filled in ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
});

afterAll(() => {
  const slowest = measured.toSorted((a, b) => b.ms - a.ms);
  const slow = slowest.filter(({ ms }) => ms > SLOW_MS);
  const line = ({ name, ms }: { name: string; ms: number }) =>
    `${ms.toFixed(1).padStart(9)} ms  ${name}`;
  const median = slowest[Math.floor(slowest.length / 2)]?.ms ?? 0;
  const head = `${measured.length} statements on 1,000,000 tokens: median ${median.toFixed(1)} ms, ${slow.length} above ${SLOW_MS} ms; the slowest:`;
  process.stdout.write(
    `\n${[head, ...slowest.slice(0, Math.max(15, slow.length)).map(line)].join("\n")}\n`,
  );
});

describe.each(SORTS)(
  "a list by $column, descending $descending, reads no table in full",
  (sort) => {
    test.each(Object.entries({ ...FILTERS, ...COMBINATIONS }))("of %s", async (name, filter) => {
      const scans = await explain(`${name} ${orderOf(sort)}`, { ...EVERYTHING, ...filter, sort });
      expect(scans).toEqual([]);
    });

    test.each(Object.entries(OWNERS))("of %s alone", async (name, ownerId) => {
      for (const kind of [undefined, { not: "session" }]) {
        const wanted = { ...EVERYTHING, ownerId, kind, sort };
        expect(await explain(`own tokens of ${name} ${orderOf(sort)}`, wanted)).toEqual([]);
      }
    });

    test.each([
      ["all tokens", {}, 300_000],
      ["no sign-ins", { kind: { not: "session" } }, 200_000],
      ["own tokens of the owner of most", { ownerId: "user-0" }, 20_000],
    ] as const)("of a page far into %s, forwards and backwards", async (name, filter, at) => {
      const wanted = { ...EVERYTHING, ...filter, sort };
      const position = await placeIn(wanted, at);
      if (!position) throw new Error(`there is no place ${at} in ${name}`);
      for (const backwards of [false, true]) {
        const page = { ...wanted, from: { position, backwards } };
        const way = backwards ? "before" : "after";
        expect(await explain(`${name} ${way} ${at} ${orderOf(sort)}`, page)).toEqual([]);
      }
    });
  },
);

test("the history of a token reads no table in full", async () => {
  const [row] = await query((db) => db.execute(sql`select name from tokens where id = 1000`));
  const [plan] = await query((db) => {
    const object = { kind: "token", name: String(row?.name) };
    const select = listAuditEventsOf(db, object, { beforeSeq: 1e15, limit: 50 });
    return db.execute(sql`explain (analyze, format json) ${select.getSQL()}`);
  });
  expect(scansOf(resultOf(plan).Plan)).toEqual([]);
});

describe("the collection of the API reads no table in full", () => {
  const label = (name: string, ...values: string[]) =>
    ({ on: { label: name }, operator: "in", values }) as const;
  const field = (name: "ownerId" | "kind" | "enabled", ...values: string[]) =>
    ({ on: { field: name }, operator: "in", values }) as const;
  const not = (requirement: ReturnType<typeof label | typeof field>) =>
    ({ ...requirement, operator: "notIn" }) as const;
  const exists = (name: string) => ({ on: { label: name }, operator: "exists" }) as const;
  const absent = (name: string) => ({ on: { label: name }, operator: "absent" }) as const;

  const SELECTIONS: Record<string, CollectionQuery["requirements"]> = {
    everything: [],
    "a common label": [label("env", "prod")],
    "a rarer label": [label("env", "test")],
    "a team": [label("team", "team-7")],
    "some teams": [label("team", "team-7", "team-8", "team-9")],
    "an app": [label("app", "app-4711")],
    "some apps": [label("app", "app-1", "app-2")],
    "an app of the wrong team": [label("app", "app-4711"), label("team", "team-8")],
    "no such value": [label("team", "nobody")],
    "no such label": [exists("nothing")],
    "a label that is there": [exists("team")],
    "a label that is not": [absent("team")],
    "not a team": [not(label("team", "team-7"))],
    "a label, but not this value": [exists("team"), not(label("team", "team-7"))],
    "an app but not in production": [label("app", "app-4711"), not(label("env", "prod"))],
    "an owner": [field("ownerId", "user-1200")],
    "some owners": [field("ownerId", "user-1200", "user-1201")],
    "nobody's": [field("ownerId", "user-x")],
    "a kind": [field("kind", "backup")],
    "no such kind": [field("kind", "nothing")],
    "no sign-ins": [not(field("kind", "session"))],
    disabled: [field("enabled", "false")],
    "disabled of a rare kind": [field("kind", "backup"), field("enabled", "false")],
    "a team's of an owner": [label("team", "team-7"), field("ownerId", "user-0")],
  };

  const places = { "from the start": undefined, "far into it": "token-kzzzz" };

  test.each(Object.entries(SELECTIONS))("of %s", async (name, requirements) => {
    for (const ownerId of [undefined, "user-0", "user-1999"]) {
      for (const [place, afterName] of Object.entries(places)) {
        const wanted = { ownerId, requirements, afterName, limit: 501 };
        const of = `collection: ${name} of ${ownerId ?? "everybody"} ${place}`;
        expect(await explainStatement(of, (db) => selectCollection(db, wanted))).toEqual([]);
      }
    }
  });
});

describe("the changes that watches follow read no table in full", () => {
  const CHANGES = 100_000;

  beforeAll(async () => {
    await asDatabaseOwner(async (owner) => {
      await owner`
        insert into token_changes (seq, type, owner_id, token)
        select id, 'MODIFIED', owner_id, to_jsonb(tokens) - 'hash' from tokens
        where id <= ${CHANGES}`;
      await owner`vacuum (analyze) token_changes`;
    });
  });

  test.each([0, 50_000, CHANGES - 5, CHANGES])("after %i", async (after) => {
    for (const ownerId of [undefined, "user-0", "user-1999"]) {
      const name = `changes of ${ownerId ?? "everybody"} after ${after}`;
      const wanted = { after, ownerId };
      expect(await explainStatement(name, (db) => selectChanges(db, wanted))).toEqual([]);
    }
  });
});
