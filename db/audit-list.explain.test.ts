import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuditQuery, selectAuditEvents } from "./audit-list";
import { query } from "./client";
import { EVENTS, insertMillionsOfEvents } from "./testing/million-events";

// Of 8 kB each, read from memory or disk: what a page costs, whatever else the machine does.
const ONE_BLOCKS = 1_000;
const THREE_BLOCKS = 5_000;
const PAGE = 51;

type Filter = Omit<AuditQuery, "limit" | "position">;

const SINGLE: Record<string, Filter> = {
  everything: {},
  "an actor of many": { actorName: "ann.0" },
  "an actor of few": { actorName: "ann.1900" },
  "an actor of long ago alone": { actorName: "gone" },
  nobody: { actorName: "nobody" },
  "an owner of many": { ownerId: "user-0" },
  "an owner of few": { ownerId: "user-1900" },
  "an object": { objectName: "token-4711" },
  "an object of long ago": { objectName: "token-7" },
  "the usual action": { action: "token.update" },
  "a rare action": { action: "setting.update" },
  "an action of long ago alone": { action: "user.link-identity" },
  "the usual outcome": { outcome: "success" },
  "a rare outcome": { outcome: "failure" },
  "an outcome of long ago alone": { outcome: "denied" },
  "an address of many": { address: "192.0.2.1" },
  "an address of few": { address: "198.51.100.7" },
  "a request of many": { requestId: "bulk" },
  "a request": { requestId: "request-4711" },
  "since an hour": { sinceMs: 3_600_000 },
  "since 30 days": { sinceMs: 30 * 86_400_000 },
  "until half a year ago": { toAt: new Date(Date.now() - 180 * 86_400_000) },
  "a day of long ago": {
    fromAt: new Date(Date.now() - 300 * 86_400_000),
    toAt: new Date(Date.now() - 299 * 86_400_000),
  },
};

const COMBINED: Record<string, Filter> = {
  "many's usual": { actorName: "ann.0", action: "token.update", outcome: "success" },
  "many's failures of an action that never fails": {
    actorName: "ann.0",
    action: "token.update",
    outcome: "denied",
  },
  "an owner's, by an actor, from an address": {
    ownerId: "user-0",
    actorName: "ann.0",
    address: "192.0.2.1",
  },
  "what two of many have nothing of in common": {
    ownerId: "user-0",
    actorName: "bob.1",
    outcome: "success",
  },
  "an address and an action that it never had": {
    address: "192.0.2.1",
    action: "user.link-identity",
    outcome: "success",
  },
  "long ago, by somebody of today": {
    actorName: "ann.1900",
    toAt: new Date(Date.now() - 250 * 86_400_000),
    outcome: "success",
  },
  "failures of a month": {
    outcome: "failure",
    action: "session.sign-in",
    sinceMs: 30 * 86_400_000,
  },
  "an object, an owner and an outcome": {
    objectName: "token-4711",
    ownerId: "user-0",
    outcome: "success",
  },
  "a request, an action and an outcome": {
    requestId: "bulk",
    action: "token.update",
    outcome: "failure",
  },
};

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Plan[];
}

const measured: { name: string; blocks: number; ms: number }[] = [];

/** Runs the statement of a page; gives the tables read in full and how many blocks it took. */
async function explain(name: string, wanted: AuditQuery) {
  const [row] = await query((db) => {
    const select = selectAuditEvents(db, wanted);
    expect(select.toSQL().sql).not.toMatch(/\boffset\b/i);
    return db.execute(sql`explain (analyze, buffers, format json) ${select.getSQL()}`);
  });
  if (!row) throw new Error("there is no plan");
  const [{ Plan: plan, "Execution Time": ms }] = row["QUERY PLAN"] as [
    { Plan: Plan; "Execution Time": number },
  ];
  const blocks = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  measured.push({ name, blocks, ms });
  return { scans: scansOf(plan), blocks };
}

// Of a month to come there is nothing to read, in full or not.
function scansOf(plan: Plan): string[] {
  const table = plan["Relation Name"] ?? "";
  const isScan = plan["Node Type"] === "Seq Scan" && table.startsWith("audit_events");
  const rows = plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0);
  const own = isScan && rows > 0 ? [table] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)];
}

/** Where the thousandth page begins, or the last one. */
async function farInto(filter: Filter) {
  const rows = await query((db) => selectAuditEvents(db, { ...filter, limit: 1_000 * (PAGE - 1) }));
  const last = rows.at(-1);
  return last && { atMs: last.at.getTime(), seq: last.seq };
}

beforeAll(async () => {
  const startedAt = performance.now();
  await insertMillionsOfEvents();
  process.stdout.write(`filled in ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
}, 300_000);

afterAll(() => {
  const largest = measured.toSorted((a, b) => b.blocks - a.blocks);
  const lines = largest
    .slice(0, 15)
    .map(
      ({ name, blocks, ms }) => `${`${blocks}`.padStart(7)} blocks ${ms.toFixed(1)} ms  ${name}`,
    );
  process.stdout.write(
    `\n${measured.length} pages of ${EVENTS.toLocaleString("en")} events; the largest:\n${lines.join("\n")}\n`,
  );
});

describe.each([
  ["one filter", SINGLE, ONE_BLOCKS],
  ["three filters", COMBINED, THREE_BLOCKS],
] as const)("a page of %s reads no partition in full, and few blocks", (_, filters, blocksMax) => {
  test.each(Object.entries(filters))("of %s", async (name, filter) => {
    const first = await explain(`${name}, the first page`, { ...filter, limit: PAGE });
    expect(first.scans).toEqual([]);
    expect(first.blocks).toBeLessThan(blocksMax);
    const position = await farInto(filter);
    if (!position) return;
    for (const newer of [false, true]) {
      const wanted = { ...filter, position: { ...position, newer }, limit: PAGE };
      const far = await explain(`${name}, ${newer ? "before" : "after"} page 1,000`, wanted);
      expect(far.scans).toEqual([]);
      expect(far.blocks).toBeLessThan(blocksMax);
    }
  });
});
