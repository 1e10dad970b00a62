import { setTimeout as sleep } from "node:timers/promises";
import { countTokensCalled } from "@/db/testing/invariants";
import { measured, times } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import { type Answered, ask } from "./ask";
import { onDatabase } from "./database";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import { holdTrial } from "./fault-trial";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { deleteToken, type Entry, makeToken, toggleToken } from "./ledger";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

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

test("a create whose answer is lost on the way is made once, and a change whose commit is not answered has one event", async () => {
  const bearer = await signInProgram(latchkey, ADMINISTRATOR);
  const repetitions = times({ quick: 2, full: 100 });
  const entries: Entry[] = [];
  const withLoss = async (
    faults: { losesAnswersTo: RegExp } | { losesRequests: RegExp },
    work: () => Promise<Answered>,
  ) => {
    const lost = place.proxy.losses();
    let status = 0;
    for (let attempt = 0; place.proxy.losses() === lost && attempt < 5; attempt += 1) {
      // On a connection that is new a statement is sent in its words.
      place.proxy.cut();
      await expect.poll(() => isWell(bearer)).toBe(true);
      place.proxy.set(faults);
      ({ status } = await work());
      place.proxy.set({});
    }
    expect([faults, status]).toEqual([faults, 503]);
    await expect.poll(() => isWell(bearer)).toBe(true);
  };
  const create = (description: string) => makeToken(latchkey.url, bearer, { entries, description });

  for (let number = 0; number < repetitions; number += 1) {
    for (const words of [/lost answer/, /pg_logical_emit_message/]) {
      const description = `lost answer ${number} to ${words.source}`;
      await withLoss({ losesAnswersTo: words }, () => create(description));
      expect(await onDatabase(place, (db) => countTokensCalled(db, description))).toBe(1);
    }
    let entry: Entry | undefined;
    const onNew = (change: typeof toggleToken) => async () => {
      ({ entry } = await create("to be changed"));
      if (!entry) throw new Error("no token was made");
      return change(latchkey.url, bearer, entry);
    };
    await withLoss({ losesAnswersTo: /token\.update/ }, onNew(toggleToken));
    settle(entry);
    // In capitals it is that of a flush.
    await withLoss({ losesAnswersTo: /\bcommit\b/ }, onNew(deleteToken));
    settle(entry);
    // Its event was written by then, and nothing of it may stay.
    await withLoss({ losesRequests: /delete from "tokens"/ }, onNew(deleteToken));
    if (entry) entry.asked = undefined;
  }
  await expectNothingBroken(place, entries, [latchkey]);
  measured(
    "The answer to a create, a change, a commit or a flush is lost after PostgreSQL gave it, or a deletion before it came there: the caller is told of an outage, and the change is there once with one event, or not at all with none",
    `${4 * repetitions} answers and ${repetitions} deletions lost, all told as an outage, each change there once or not at all`,
  );
});

// What was lost is the answer alone.
function settle(entry: Entry | undefined): void {
  if (entry?.asked) entry.told = entry.asked;
  if (entry) entry.asked = undefined;
}

async function isWell(bearer: string): Promise<boolean> {
  return (await ask(`${latchkey.url}${TOKENS}?limit=1`, bearer)).status === 200;
}
