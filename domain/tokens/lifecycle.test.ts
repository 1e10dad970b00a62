import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expiryOf, judgeNewTtl, judgeTtlChange, tokenState } from "./lifecycle";

const DAY_MS = 86_400_000;
const NOW = new Date("2026-03-01T12:00:00Z");
const inMs = (ms: number) => new Date(NOW.getTime() + ms);

describe("the state of a token", () => {
  test.each([
    ["never ends", null, "active"],
    ["ends in more than seven days", inMs(7 * DAY_MS + 1), "active"],
    ["ends in seven days", inMs(7 * DAY_MS), "expires-soon"],
    ["ends in a millisecond", inMs(1), "expires-soon"],
    ["ends now", NOW, "expires-soon"],
    ["ended a millisecond ago", inMs(-1), "expired"],
    ["ended years ago", new Date(0), "expired"],
  ] as const)("that %s is told by its expiry while it is enabled", (_, expiresAt, state) => {
    expect(tokenState({ enabled: true, expiresAt }, NOW)).toBe(state);
    expect(tokenState({ enabled: false, expiresAt }, NOW)).toBe("disabled");
  });
});

describe("the expiry", () => {
  test("counts from creation", () => {
    expect(expiryOf(NOW, 90_000)).toEqual(inMs(90_000));
  });

  test("of an infinite ttl is none", () => {
    expect(expiryOf(NOW, -1)).toBeNull();
  });
});

const MAX = 7_776_000_000;
const RANGE_MESSAGE = "must be between 1 and 7776000000 (auth-token-max-ttl-minutes)";
const YEAR_10000 = 7_900 * 365.25 * DAY_MS;

describe("the ttl of a new token", () => {
  test.each([
    [undefined, MAX],
    [0, MAX],
    [-0, MAX],
    [1, 1],
    [MAX - 1, MAX - 1],
    [MAX, MAX],
  ])("%s with a maximum becomes %s", (requested, ttlMs) => {
    expect(judgeNewTtl(requested, MAX)).toEqual({ ttlMs });
  });

  test.each([MAX + 1, 9_999_999_999, -1, -2, 0.5, 1.5, 2 ** 53, 1e308])(
    "%s with a maximum is refused with the range",
    (requested) => {
      expect(judgeNewTtl(requested, MAX)).toEqual({ refused: "invalid", message: RANGE_MESSAGE });
    },
  );

  test.each([
    [undefined, -1],
    [0, -1],
    [-1, -1],
    [1, 1],
    [MAX + 1, MAX + 1],
    [YEAR_10000, YEAR_10000],
  ])("%s without a maximum becomes %s", (requested, ttlMs) => {
    expect(judgeNewTtl(requested, null)).toEqual({ ttlMs });
  });

  test.each([-2, -MAX, 0.5, 2 ** 53, YEAR_10000 + 1])(
    "%s without a maximum is refused",
    (requested) => {
      expect(judgeNewTtl(requested, null)).toMatchObject({ refused: "invalid" });
    },
  );
});

/**
 * Semantics sections 2 and 3, written down once more and differently: lifetimes as plain numbers
 * with infinity as Infinity, and the table of section 3 read row by row.
 */
function oracle(byAdmin: boolean, currentMs: number, requestedMs: number, max: number | null) {
  if (!Number.isInteger(requestedMs) || Math.abs(requestedMs) >= 2 ** 53) return "invalid";
  if (requestedMs < -1) return "invalid";
  const lifetime = (ms: number) => (ms === -1 ? Number.POSITIVE_INFINITY : ms);
  const wanted = requestedMs === 0 ? lifetime(max ?? -1) : lifetime(requestedMs);
  const current = lifetime(currentMs);
  const longest = lifetime(max ?? -1);
  if (wanted > current && !byAdmin) return "forbidden";
  if (wanted > current && wanted > longest) return "invalid";
  // No date after the year 9999 can be written.
  if (wanted > YEAR_10000 && wanted !== Number.POSITIVE_INFINITY) return "invalid";
  return wanted === Number.POSITIVE_INFINITY ? -1 : wanted;
}

const someTtl = fc.oneof(
  fc.integer({ min: 1, max: 2 * MAX }),
  fc.constantFrom(1, MAX - 1, MAX, MAX + 1),
);
const anyCurrent = fc.oneof({ weight: 4, arbitrary: someTtl }, fc.constant(-1));
const anyMax = fc.oneof(fc.constant(null), fc.constant(MAX), fc.integer({ min: 1, max: 2 * MAX }));
const relative = fc.constantFrom("shorter", "equal", "longer", "overMax", "longest");
const absolute = fc.oneof(
  fc.constantFrom(0, -0, -1, -2, 1, 0.5, MAX + 0.1, YEAR_10000, YEAR_10000 + 1, 2 ** 53, 1e308),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.NaN, Infinity),
  fc.maxSafeInteger(),
  fc.double(),
);

function relativeTo(kind: string, currentMs: number, max: number | null): number {
  const current = currentMs === -1 ? MAX : currentMs;
  switch (kind) {
    case "shorter":
      return Math.max(1, current - 1);
    case "equal":
      return currentMs;
    case "longer":
      return current + 1;
    case "overMax":
      return (max ?? MAX) + 1;
    default:
      return max ?? -1;
  }
}

describe("a changed ttl", () => {
  test("is judged as the rules say, for every actor, ttl and maximum", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.boolean(),
        anyCurrent,
        fc.oneof(relative, absolute),
        anyMax,
        (byAdmin, currentMs, wanted, ttlMsMax) => {
          const requestedMs =
            typeof wanted === "string" ? relativeTo(wanted, currentMs, ttlMsMax) : wanted;
          const verdict = judgeTtlChange({ currentMs, requestedMs, ttlMsMax, byAdmin });
          const outcome = "ttlMs" in verdict ? verdict.ttlMs : verdict.refused;
          expect(outcome).toBe(oracle(byAdmin, currentMs, requestedMs, ttlMsMax));
          const who = `${byAdmin ? "admin" : "owner"} ${typeof outcome}:${typeof outcome === "string" ? outcome : ""}`;
          seen.set(who, (seen.get(who) ?? 0) + 1);
        },
      ),
      { numRuns: 20_000 },
    );
    // Each outcome was met many times, so the property has not been checked on easy cases only.
    for (const who of ["owner number:", "owner string:forbidden", "owner string:invalid"]) {
      expect(seen.get(who)).toBeGreaterThan(500);
    }
    for (const who of ["admin number:", "admin string:invalid"]) {
      expect(seen.get(who)).toBeGreaterThan(500);
    }
    expect(seen.get("admin string:forbidden")).toBeUndefined();
  });

  test.each([
    // current, requested, owner, admin
    [1_000, 999, 999, 999],
    [1_000, 1_000, 1_000, 1_000],
    [1_000, 1_001, "forbidden", 1_001],
    [1_000, MAX, "forbidden", MAX],
    [1_000, MAX + 1, "forbidden", "invalid"],
    [1_000, 0, "forbidden", MAX],
    [1_000, -1, "forbidden", "invalid"],
    [1_000, 1e15, "forbidden", "invalid"],
    [MAX, 0, MAX, MAX],
    [2 * MAX, 2 * MAX - 1, 2 * MAX - 1, 2 * MAX - 1],
    [2 * MAX, 0, MAX, MAX],
    [-1, MAX, MAX, MAX],
    [-1, -1, -1, -1],
    [-1, 2 * MAX, 2 * MAX, 2 * MAX],
    [1_000, -2, "invalid", "invalid"],
    [1_000, 1.5, "invalid", "invalid"],
  ] as const)("from %s to %s below a maximum", (currentMs, requestedMs, owner, admin) => {
    const outcomeFor = (byAdmin: boolean) => {
      const verdict = judgeTtlChange({ currentMs, requestedMs, ttlMsMax: MAX, byAdmin });
      return "ttlMs" in verdict ? verdict.ttlMs : verdict.refused;
    };
    expect([outcomeFor(false), outcomeFor(true)]).toEqual([owner, admin]);
  });

  test("by an owner is refused in the words that clients know", () => {
    const change = { currentMs: 1, requestedMs: 2, ttlMsMax: MAX, byAdmin: false };
    expect(judgeTtlChange(change)).toEqual({
      refused: "forbidden",
      message: "only an administrator can extend spec.ttl",
    });
  });
});
