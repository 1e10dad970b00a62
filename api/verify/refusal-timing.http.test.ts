import { expect, test } from "vitest";
import { hearOfChanges, refusedCredentials } from "@/domain/testing/situations";
import { inWords, type Timings, timeShuffled } from "@/domain/testing/timings";
import { measured, times } from "@/prove/proof";
import { ask, VERIFY } from "../testing/checks";

const ROUNDS = times({ quick: 60, full: 2_000 });
const SPREAD_MS_MAX = 0.3;
// A few samples on a busy machine differ by more than what is promised.
const SPREAD_PART_MAX = times({ quick: 50, full: 5 }) / 100;
const isAlike = ({ spreadMs, spreadPart }: Timings) =>
  spreadMs < SPREAD_MS_MAX || spreadPart < SPREAD_PART_MAX;

// One after the other: from the second on, checks are remembered.
test.each([
  ["asked of the database", async () => {}],
  ["answered from memory", hearOfChanges],
] as const)(
  "the time of a refusal does not tell its reason, when it is %s",
  async (where, prepare) => {
    await prepare();
    const { unknown, wrongSecret, expired, disabled, ofDisabledUser } = await refusedCredentials();
    const bearers = { unknown, wrongSecret, expired, disabled, ofDisabledUser };
    const ways = Object.fromEntries(
      Object.entries(bearers).map(([why, bearer = ""]) => [
        why,
        async () => {
          expect((await ask(VERIFY, { bearer })).status).toBe(401);
        },
      ]),
    );
    await timeShuffled(ways, { rounds: 20, isAlike: () => true });
    const timings = await timeShuffled(ways, { rounds: ROUNDS, isAlike });
    measured(
      `6. Refusals ${where} take as long for every reason: medians within ${SPREAD_MS_MAX} ms or 5 %`,
      `${ROUNDS} of each, shuffled: ${inWords(timings)}`,
    );
    expect([timings, isAlike(timings)]).toEqual([timings, true]);
  },
);
