import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scoreInSql, ttlMsMaxInSql } from "@/db/testing/risk";
import { setSetting } from "@/db/testing/rows";
import "@/db/testing/worker-database";
import { SETTINGS } from "../settings/definitions";
import { assessRisk, RISK_MAX, type RiskFacts } from "./risk";

const DAY_MS = 86_400_000;
const now = new Date("2026-06-01T12:00:00.123Z");
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);

const SAFE: RiskFacts = {
  enabled: true,
  kind: "",
  ttlMs: 30 * DAY_MS,
  createdAt: ago(1),
  expiresAt: ago(-29),
  lastUsedAt: ago(0),
  networks: 1,
  ownerEnabled: true,
  ownerRole: "user",
};
const riskOf = (facts: Partial<RiskFacts>, ttlMsMax: number | null = 90 * DAY_MS) =>
  assessRisk({ ...SAFE, ...facts }, { ttlMsMax, now });

describe("the risk of a token", () => {
  test("that has nothing against it is 1, and says nothing", () => {
    expect(riskOf({})).toEqual({ score: 1, reasons: [] });
  });

  test.each([{ enabled: false }, { expiresAt: new Date(now.getTime() - 1) }])(
    "that cannot be used is 0: %j",
    (facts) => {
      const worst = { ttlMs: -1, ownerRole: "admin", ownerEnabled: false } as const;
      expect(riskOf({ ...worst, ...facts })).toEqual({ score: 0, reasons: [] });
    },
  );

  test("in the worst case is the highest there is, with every reason, the heaviest first", () => {
    const risk = riskOf({
      ttlMs: -1,
      expiresAt: null,
      createdAt: ago(200),
      lastUsedAt: null,
      networks: 11,
      ownerEnabled: false,
      ownerRole: "admin",
    });
    expect(risk).toEqual({
      score: RISK_MAX,
      reasons: [
        "no expiry",
        "never used for 200 days",
        "owner is disabled",
        "administrator’s token",
        "over the maximum lifetime",
        "used from 11 networks",
      ],
    });
  });

  test.each([
    [{ createdAt: ago(120), lastUsedAt: null }, ["never used for 120 days"]],
    [{ createdAt: ago(120), lastUsedAt: ago(40) }, ["not used for 40 days"]],
    [{ ttlMs: 100 * DAY_MS }, ["over the maximum lifetime", "lives for 100 days"]],
    [{ ttlMs: 100 * DAY_MS, kind: "session" }, ["lives for 100 days"]],
    [{ ownerRole: "verifier" as const }, ["verifier’s token"]],
  ])("says why: %j", (facts, reasons) => {
    expect(riskOf(facts).reasons).toEqual(reasons);
  });
});

const instant = fc
  .integer({ min: -500 * 24 * 3_600, max: 500 * 24 * 3_600 })
  .map((seconds) => new Date(Math.floor(now.getTime() / 1_000) * 1_000 + seconds * 1_000));
const border = fc.constantFrom(30, 90, 180).map(ago);
const past = fc.oneof(instant, border).map((at) => (at > now ? ago(3) : at));

const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
  enabled: fc.boolean(),
  kind: fc.constantFrom("", "session", "ci"),
  ttlMs: fc.oneof(
    fc.constantFrom(-1, 365 * DAY_MS, 365 * DAY_MS + 1, 90 * DAY_MS, 90 * DAY_MS + 1),
    fc.integer({ min: 1, max: 1e12 }),
  ),
  createdAt: past,
  expiresAt: fc.oneof(fc.constant(null), fc.constant(now), instant),
  lastUsedAt: fc.oneof(fc.constant(null), past),
  networks: fc.integer({ min: 0, max: 20 }),
  ownerEnabled: fc.boolean(),
  ownerRole: fc.constantFrom("user", "verifier", "admin"),
});

test("the database scores every token as this code does", { timeout: 60_000 }, async () => {
  const maximum = fc.constantFrom(null, 90 * DAY_MS, 365 * DAY_MS, 1);
  const cases = fc.sample(fc.tuple(anyFacts, maximum), 2_000);
  const scores = await scoreInSql(cases.map(([facts, ttlMsMax]) => ({ ...facts, ttlMsMax, now })));
  for (const [at, [facts, ttlMsMax]] of cases.entries()) {
    const { score } = assessRisk(facts, { ttlMsMax, now });
    expect([facts, ttlMsMax, scores[at]]).toEqual([facts, ttlMsMax, score]);
    expect(score).toBeLessThanOrEqual(RISK_MAX);
  }
});

test("the database knows the same maximum of lifetimes", async () => {
  const name = "auth-token-max-ttl-minutes";
  expect(await ttlMsMaxInSql()).toBe(Number(SETTINGS[name].default) * 60_000);
  await setSetting(name, "60");
  expect(await ttlMsMaxInSql()).toBe(3_600_000);
  await setSetting(name, "-1");
  expect(await ttlMsMaxInSql()).toBeNull();
});
