import { measured } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import type { Stored } from "./database";
import { expect } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { startTraffic, type Traffic } from "./traffic";

interface Trial {
  place: Stored & { random: () => number };
  latchkey: Latchkey;
  /** What is promised, in words; the numbers are added. */
  promise: string;
  repetitions: number;
  /** How long any request may wait for its answer. */
  answeredWithinMs: number;
  /** How long after the end of the fault everything is answered well again. */
  wellWithinMs: number;
  /** Begins the fault, lets it last and ends it; everything is to be well from then on. */
  fault: (traffic: Traffic, repetition: number) => Promise<void>;
}

const WARM_UP = 20;

/** Lets a fault happen under traffic, and looks at what is left; tells the report. */
export async function holdTrial(trial: Trial): Promise<void> {
  const { place, latchkey, promise, repetitions, answeredWithinMs, wellWithinMs, fault } = trial;
  const bearer = await signInProgram(latchkey, ADMINISTRATOR);
  const traffic = startTraffic({ url: () => latchkey.url, bearer, random: place.random });
  let [slowestMs, longestMs] = [0, 0];
  try {
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const enough = traffic.counts().acknowledged + WARM_UP;
      while (traffic.counts().acknowledged < enough) await traffic.calm();
      traffic.takeSlowestMs();
      await fault(traffic, repetition);
      const endedAtMs = performance.now();
      longestMs = Math.max(longestMs, (await traffic.calm()) - endedAtMs);
      slowestMs = Math.max(slowestMs, traffic.takeSlowestMs());
    }
  } catch (error) {
    // Playwright shows no causes.
    const reason = error instanceof Error ? error.message : String(error);
    const log = latchkey.output().slice(-2_000);
    throw new Error(`${reason}\nLatchkey said last: ${log}`, { cause: error });
  } finally {
    await traffic.stop();
  }
  expect(traffic.unexpected).toEqual([]);
  await expectNothingBroken(place, traffic.entries, [latchkey]);
  const { acknowledged, refused } = traffic.counts();
  measured(
    `${promise}: nothing acknowledged is lost; every request is answered within ${seconds(answeredWithinMs)}; all is well ${seconds(wellWithinMs)} after its end`,
    `${count(repetitions, "time")}: 0 of ${acknowledged} changes lost, ${refused} requests refused, the slowest after ${seconds(slowestMs)}; well after ${seconds(longestMs)}`,
  );
  expect(slowestMs).toBeLessThan(answeredWithinMs);
  expect(longestMs).toBeLessThan(wellWithinMs);
}

function seconds(ms: number): string {
  return `${Number((ms / 1_000).toFixed(ms < 10_000 ? 2 : 1))} s`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
