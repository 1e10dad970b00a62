import { setTimeout as sleep } from "node:timers/promises";
import { times } from "../prove/proof";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import { holdTrial } from "./fault-trial";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";

// Each fault comes upon the same Latchkey as the ones before it.
test.describe.configure({ mode: "default" });

const SLOW_MS = times({ quick: 1_500, full: 60_000 });

let place: FaultPlace;
let latchkey: Latchkey;

test.beforeAll(async () => {
  place = await makeFaultPlace();
  latchkey = await place.start();
});
test.afterAll(() => place.remove());

const DELAYS_MS = [50, 200, 1_000];

test("a database that is far away, over connections that break, loses nothing", () =>
  holdTrial({
    place,
    latchkey,
    promise: `The way to PostgreSQL ${DELAYS_MS.join(", ")} ms longer, every hundredth answer cut off`,
    repetitions: DELAYS_MS.length,
    answeredWithinMs: 15_000,
    wellWithinMs: 10_000,
    fault: async (_, repetition) => {
      place.proxy.set({ delayMs: DELAYS_MS[repetition] ?? 0, cutShare: 0.01 });
      await sleep(SLOW_MS);
      place.proxy.set({});
    },
  }));

test("a database that is 200 ms away is slow, and nothing fails", () =>
  holdTrial({
    place,
    latchkey,
    promise: "The way to PostgreSQL 200 ms longer, and no request refused meanwhile",
    repetitions: 1,
    answeredWithinMs: 8_000,
    wellWithinMs: 10_000,
    fault: async ({ counts }) => {
      place.proxy.set({ delayMs: 200 });
      const { refused } = counts();
      await sleep(SLOW_MS);
      expect(counts().refused).toBe(refused);
      place.proxy.set({});
    },
  }));

test("connections that were forgotten on the way, and a network that swallows everything, are an outage that says so", () =>
  holdTrial({
    place,
    latchkey,
    promise:
      "Half-open connections, in turn with new ones that work and with a network that swallows everything",
    repetitions: times({ quick: 1, full: 20 }),
    answeredWithinMs: 15_000,
    wellWithinMs: 20_000,
    fault: async ({ refusals }, repetition) => {
      place.proxy.abandon();
      if (repetition % 2 === 0) return;
      place.proxy.set({ isSilent: true });
      await refusals(8);
      place.proxy.set({});
    },
  }));
