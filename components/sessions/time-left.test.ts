import { describe, expect, test } from "vitest";
import { askAgainMs, countdownText, spokenText, stateAfter, type TimeLeft } from "./time-left";

const MINUTE_MS = 60_000;
const FINE = { status: "fine" } as const;
const HERE = { username: "ada", nowMs: 1_000_000 };

function left(leftMs: number, more: Partial<TimeLeft> = {}): TimeLeft {
  return { username: "ada", limit: "idle", leftMs, warnMs: 2 * MINUTE_MS, ...more };
}

describe("the sign-in of a page", () => {
  test("is fine until the warning, then ending, at the server's word", () => {
    expect(stateAfter(left(3 * MINUTE_MS), FINE, HERE)).toEqual(FINE);
    expect(stateAfter(left(MINUTE_MS), FINE, HERE)).toEqual({
      status: "ending",
      limit: "idle",
      endsAtMs: 1_060_000,
    });
    const ending = stateAfter(left(MINUTE_MS), FINE, HERE);
    expect(stateAfter(left(60 * MINUTE_MS), ending, HERE)).toEqual(FINE);
  });

  test("has ended with the limit that was warned of, or with none that is known", () => {
    const ending = stateAfter(left(MINUTE_MS, { limit: "total" }), FINE, HERE);
    const ended = stateAfter(null, ending, HERE);
    expect(ended).toEqual({ status: "ended", limit: "total" });
    expect(stateAfter(null, ended, HERE)).toEqual(ended);
    expect(stateAfter(null, FINE, HERE)).toEqual({ status: "ended", limit: null });
    expect(stateAfter(left(60 * MINUTE_MS), ended, HERE)).toEqual(FINE);
  });

  test("is somebody else's once another user has signed in", () => {
    const other = left(60 * MINUTE_MS, { username: "bob" });
    expect(stateAfter(other, FINE, HERE)).toEqual({ status: "replaced", username: "bob" });
  });
});

test("the server is asked when the warning is due, often while it shows, and never when it is over", () => {
  expect(askAgainMs(left(60 * MINUTE_MS))).toBe(58 * MINUTE_MS + 500);
  expect(askAgainMs(left(90 * 24 * 60 * MINUTE_MS))).toBe(12 * 60 * MINUTE_MS);
  expect(askAgainMs(left(MINUTE_MS))).toBe(10_000);
  expect(askAgainMs(left(2_000))).toBe(2_500);
  expect(askAgainMs(null)).toBeNull();
});

test("the time left is shown by the second, and spoken at 2 minutes, 1, 30 and 10 seconds", () => {
  expect([120_000, 61_200, 59_000, 900, -5].map(countdownText)).toEqual([
    "2:00",
    "1:02",
    "0:59",
    "0:01",
    "0:00",
  ]);
  const spoken = Array.from({ length: 120 }, (_, passed) => spokenText((120 - passed) * 1_000));
  expect([...new Set(spoken)]).toEqual([
    "2 minutes left",
    "1 minute left",
    "30 seconds left",
    "10 seconds left",
  ]);
});
