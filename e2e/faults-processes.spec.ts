import { setTimeout as sleep } from "node:timers/promises";
import { measured, times } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import { ask } from "./ask";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import type { FaultProxy } from "./fault-proxy";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { type Entry, makeToken, toggleToken } from "./ledger";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";

const STOPPED_MS_MAX = 1_000;
const ASK_EVERY_MS = 20;

const FAULTS: { how: string; begin: (proxy: FaultProxy) => void }[] = [
  { how: "swallowed", begin: (proxy) => proxy.set({ isSilent: true }) },
  {
    how: "cut off",
    begin: (proxy) => {
      proxy.set({ isClosed: true });
      proxy.cut();
    },
  },
  { how: "old connections forgotten", begin: (proxy) => proxy.abandon() },
];

let place: FaultPlace;
let sighted: Latchkey;
let blind: Latchkey;

test.beforeAll(async () => {
  place = await makeFaultPlace();
  sighted = await place.start({ environment: { DATABASE_URL: place.directUrl() } });
  blind = await place.start();
});
test.afterAll(() => place.remove());

test("a process that loses its database lets in no token that another one stopped, and the other one goes on", async () => {
  const bearer = await signInProgram(sighted, ADMINISTRATOR);
  const entries: Entry[] = [];
  const faults = FAULTS.slice(0, times({ quick: 2, full: FAULTS.length }));
  let lastGoodMs = 0;
  for (let repetition = 0; repetition < times({ quick: 1, full: 15 }); repetition += 1) {
    for (const { how, begin } of faults) {
      const { entry } = await makeToken(sighted.url, bearer, { entries });
      if (!entry) throw new Error("no token was made");
      // Remembered there, so that it could be let in without a question.
      for (const { url } of [sighted, blind]) await expect.poll(() => verify(url, entry)).toBe(200);
      begin(place.proxy);
      const stopped = await toggleToken(sighted.url, bearer, entry);
      expect([how, stopped.status]).toEqual([how, 200]);
      const goods = await watchGoods(blind.url, entry);
      lastGoodMs = Math.max(lastGoodMs, ...goods);
      expect(goods.filter((ms) => ms > STOPPED_MS_MAX)).toEqual([]);
      expect([how, await verify(sighted.url, entry)]).toEqual([how, 401]);
      place.proxy.set({});
      await expect.poll(() => verify(blind.url, entry)).toBe(401);
      await expect.poll(() => ask(`${blind.url}/readyz`, bearer)).toMatchObject({ status: 200 });
    }
  }
  await expectNothingBroken(place, entries, [sighted, blind]);
  measured(
    "One of two processes loses its database (cut off, swallowed, half-open) while the other stops a token: it lets the token in for 1 s at most, and the other one goes on",
    `${entries.length} tokens: let in for ${Math.round(lastGoodMs)} ms at most`,
  );
});

/** Asks for a while, however long each answer takes; gives when those were asked that were good. */
async function watchGoods(url: string, entry: Entry): Promise<number[]> {
  const sinceMs = performance.now();
  const asked: Promise<number | undefined>[] = [];
  while (performance.now() - sinceMs < 1.5 * STOPPED_MS_MAX) {
    const atMs = performance.now() - sinceMs;
    asked.push(verify(url, entry).then((status) => (status === 200 ? atMs : undefined)));
    await sleep(ASK_EVERY_MS);
  }
  return (await Promise.all(asked)).filter((ms) => ms !== undefined);
}

async function verify(url: string, { bearer }: Entry): Promise<number> {
  return (await ask(`${url}/verify`, bearer)).status;
}
