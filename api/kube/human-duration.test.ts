import { expect, test } from "vitest";
import { humanDuration } from "./human-duration";

const [SECOND, MINUTE, HOUR, DAY, YEAR] = [1_000, 60_000, 3_600_000, 86_400_000, 31_536_000_000];

test.each([
  [-2 * SECOND, "<invalid>"],
  [-1_999, "0s"],
  [0, "0s"],
  [999, "0s"],
  [90_000, "90s"],
  [2 * MINUTE - 1, "119s"],
  [2 * MINUTE, "2m"],
  [2 * MINUTE + SECOND, "2m1s"],
  [10 * MINUTE - 1, "9m59s"],
  [10 * MINUTE, "10m"],
  [7_200_000, "120m"],
  [3 * HOUR - 1, "179m"],
  [3 * HOUR, "3h"],
  [3 * HOUR + MINUTE, "3h1m"],
  [8 * HOUR - 1, "7h59m"],
  [8 * HOUR, "8h"],
  [86_400_000, "24h"],
  [2 * DAY - 1, "47h"],
  [2 * DAY, "2d"],
  [2 * DAY + HOUR, "2d1h"],
  [8 * DAY - 1, "7d23h"],
  [8 * DAY, "8d"],
  [7_776_000_000, "90d"],
  [2 * YEAR - 1, "729d"],
  [2 * YEAR, "2y"],
  [2 * YEAR + DAY, "2y1d"],
  [8 * YEAR - 1, "7y364d"],
  [8 * YEAR, "8y"],
  [100 * YEAR + 5 * DAY, "100y"],
])("%i ms are %s", (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});
