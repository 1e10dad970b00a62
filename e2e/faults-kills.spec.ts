import { setTimeout as sleep } from "node:timers/promises";
import { measured, times } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import type { Answered } from "./ask";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { changeToken, type Entry, findMisjudged, makeToken } from "./ledger";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";

const KILLS = times({ quick: 5, full: 500 });
const STARTED_AHEAD = 2;
const WITHIN_MS = 50;
const CREATES = 4;
const CHANGES = 4;

test("a process killed at any moment leaves each change whole or not at all, and everything acknowledged", async () => {
  const place = await makeFaultPlace();
  try {
    const entries: Entry[] = [];
    let latchkey = await start(place);
    // A start takes longer than all the rest.
    const coming = Array.from({ length: STARTED_AHEAD }, () => start(place));
    const bearer = await signInProgram(latchkey, ADMINISTRATOR);
    let [acknowledged, unanswered] = [0, 0];
    for (let kill = 0; kill < KILLS; kill += 1) {
      // The first one opens the connections; the second one meets the kill.
      const warm = await sendBurst(latchkey.url, { bearer, entries, place });
      expect([warm.none, warm.unexpected]).toEqual([0, []]);
      const burst = sendBurst(latchkey.url, { bearer, entries, place });
      await sleep(place.random() * WITHIN_MS);
      await latchkey.end("SIGKILL");
      const { good, none, unexpected } = await burst;
      expect(unexpected).toEqual([]);
      acknowledged += warm.good + good;
      unanswered += none;
      latchkey = (await coming.shift()) ?? latchkey;
      if (kill + STARTED_AHEAD < KILLS) coming.push(start(place));
      expect(await findMisjudged(latchkey, entries.slice(-CREATES))).toEqual([]);
    }
    await expectNothingBroken(place, entries, [latchkey]);
    expect(unanswered).toBeGreaterThan(0);
    measured(
      "A process killed 0 to 50 ms after it was asked to make, stop and delete tokens: nothing acknowledged is lost, every change is whole with its event or not there",
      `${KILLS} kills: 0 of ${acknowledged} acknowledged changes lost, ${unanswered} without an answer all whole or not there`,
    );
  } finally {
    await place.remove();
  }
});

function start(place: FaultPlace): Promise<Latchkey> {
  return place.start({ environment: { DATABASE_URL: place.directUrl() } });
}

interface Burst {
  bearer: string;
  entries: Entry[];
  place: FaultPlace;
}

/** Asks for several changes at once; gives how many were acknowledged and how many not answered. */
async function sendBurst(url: string, { bearer, entries, place }: Burst) {
  const known = entries.filter(({ told, asked }) => told !== "deleted" && !asked);
  const answers = await Promise.all([
    ...Array.from({ length: CREATES }, () => makeToken(url, bearer, { entries })),
    ...known
      .slice(-CHANGES)
      .map((entry) => changeToken(url, bearer, { entry, random: place.random })),
  ]);
  const isGood = ({ status }: Answered) => status === 200 || status === 201;
  return {
    good: answers.filter(isGood).length,
    none: answers.filter(({ status }) => status === 0).length,
    // While others start, a machine may be too busy for an answer in time, which is said too.
    unexpected: answers.filter((answer) => ![0, 503].includes(answer.status) && !isGood(answer)),
  };
}
