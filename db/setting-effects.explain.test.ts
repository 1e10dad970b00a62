import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { query } from "./client";
import { type Affected, listAffected, selectCounts } from "./setting-effects";
import { listShortened } from "./shortened-tokens";
import { insertMillionTokens } from "./testing/million-tokens";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const COUNT_MAX = 10_000;
const PART = 10_000;

const SPANS_MS = {
  "a minute": 60_000,
  "an hour": HOUR_MS,
  "8 hours": 8 * HOUR_MS,
  "a day": DAY_MS,
  "30 days": 30 * DAY_MS,
  "90 days": 90 * DAY_MS,
  "a year": 365 * DAY_MS,
};

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
}

const measured: { name: string; ms: number; rows: number }[] = [];

/** Runs a statement under EXPLAIN and returns how many rows of tokens and events it looked at. */
async function rowsLookedAt(name: string, statement: SQL): Promise<number> {
  const [row] = await query((db) => db.execute(sql`explain (analyze, format json) ${statement}`));
  if (!row) throw new Error("there is no plan");
  const [result] = row["QUERY PLAN"] as [{ Plan: Plan; "Execution Time": number }];
  const rows = rowsOf(result.Plan);
  measured.push({ name, ms: result["Execution Time"], rows });
  return rows;
}

function rowsOf(plan: Plan): number {
  const isRead = ["tokens", "audit_events"].includes(plan["Relation Name"] ?? "");
  const removed =
    (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
  const own = isRead ? (plan["Actual Rows"] + removed) * plan["Actual Loops"] : 0;
  return own + (plan.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0);
}

const longer = (of: "tokens" | "sessions", ttlMs: number): Affected => ({
  kind: "longer-lived",
  of,
  ttlMs,
});

beforeAll(() => insertMillionTokens());

afterAll(() => {
  const lines = measured
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ name, ms, rows }) => `${ms.toFixed(1).padStart(9)} ms ${rows} rows  ${name}`);
  process.stdout.write(`\n${lines.slice(0, 20).join("\n")}\n`);
});

describe.each(Object.entries(SPANS_MS))("of a million tokens, at a maximum of %s,", (span, ms) => {
  test("a count looks at few of them", async () => {
    const counted = (affected: Affected) =>
      query(async (db) => selectCounts(db, affected, COUNT_MAX).getSQL());
    const tokens = await counted(longer("tokens", ms));
    expect(await rowsLookedAt(`count tokens longer than ${span}`, tokens)).toBeLessThan(150_000);
    const sessions = await counted(longer("sessions", ms));
    expect(await rowsLookedAt(`count sign-ins longer than ${span}`, sessions)).toBeLessThan(
      COUNT_MAX,
    );
    const idle = await counted({ kind: "idle-between", fromMs: ms, toMs: 2 * ms });
    expect(await rowsLookedAt(`count sign-ins idle for ${span}`, idle)).toBeLessThan(COUNT_MAX);
    const expired = await counted({ kind: "expired-longer", days: Math.ceil(ms / DAY_MS) });
    expect(await rowsLookedAt(`count expired for ${span}`, expired)).toBeLessThan(2 * COUNT_MAX);
  });

  test.each([0, 500_000, 990_000])(
    "a part of the list looks at no more than its part, after %i",
    async (afterId) => {
      for (const of of ["tokens", "sessions"] as const) {
        const range = { afterId, upToId: afterId + PART };
        const part = await query(async (db) => listAffected(db, longer(of, ms), range).getSQL());
        const name = `list ${of} longer than ${span} after ${afterId}`;
        expect(await rowsLookedAt(name, part)).toBeLessThanOrEqual(PART);
      }
    },
  );
});

test.each([0, 150_000, 290_000])(
  "a part of the list of what was shortened looks at no more than its part, after %i",
  async (afterSeq) => {
    const range = { afterSeq, upToSeq: afterSeq + PART };
    const part = await query(async (db) => listShortened(db, "shortened", range).getSQL());
    expect(await rowsLookedAt(`list shortened after ${afterSeq}`, part)).toBeLessThanOrEqual(PART);
  },
);
