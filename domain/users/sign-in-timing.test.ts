import { expect, test } from "vitest";
import { asDatabaseOwner } from "@/db/testing/worker-database";
import { measured, times } from "@/prove/proof";
import { anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { inWords, type Timings, timeShuffled } from "../testing/timings";
import { forgetRefusals } from "./known-refusals";
import { hashPassword } from "./password";
import { signIn } from "./sign-in";

// Twice as many are as many guesses as everybody has in a quarter of an hour.
const ROUNDS = times({ quick: 25, full: 500 });
const GUESSES_MAX = 20;
const TIME_MS_MAX = times({ quick: 60_000, full: 900_000 });
// A few samples on a busy machine differ by more than what is promised.
const SPREAD_PART_MAX = times({ quick: 50, full: 5 }) / 100;
const isAlike = ({ spreadPart }: Timings) => spreadPart < SPREAD_PART_MAX;

test(
  "the time of a refused sign-in does not tell whether there is such a user",
  async () => {
    const passwordHash = await hashPassword("correct horse battery");
    const count = Math.ceil(ROUNDS / GUESSES_MAX);
    const people = await Promise.all(
      Array.from({ length: count }, () => anOwner({ passwordHash })),
    );
    let places = 0;
    const guess = async (username = "") => {
      places += 1;
      const address = `2001:db8:${places.toString(16)}::1`;
      const origin = { requestId: "r", address, userAgent: "a browser" };
      const refusal = await refusalOf(signIn({ username, password: "wrong" }, origin));
      expect(refusal.code).toBe("unauthenticated");
    };
    let [known, unknown] = [0, 0];
    const ways = {
      known: () => guess(people[known++ % count]?.username),
      unknown: () => guess(`nobody-${unknown++ % count}`),
    };
    const prepare = async () => {
      await asDatabaseOwner((sql) => sql`delete from sign_in_failures`);
      forgetRefusals();
    };
    await timeShuffled(ways, { rounds: 3, isAlike: () => true, prepare });
    const timings = await timeShuffled(ways, { rounds: ROUNDS, isAlike, prepare });
    measured(
      "36. A refused sign-in takes as long for an unknown user: medians within 5 %",
      `${ROUNDS} of each, shuffled: ${inWords(timings)}`,
    );
    expect([timings, isAlike(timings)]).toEqual([timings, true]);
  },
  TIME_MS_MAX,
);
