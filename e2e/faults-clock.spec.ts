import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { measured, times } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import { ask } from "./ask";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

test.describe.configure({ mode: "default" });

const TTL_MS = 3_000;
const AGREEMENT_MS_MAX = 1_000;
const ASK_EVERY_MS = 20;

// Of processes of one installation: right, a day ahead, a day behind.
const SHIFTS = ["+0", "+1d", "-1d"];

let place: FaultPlace;
let processes: Latchkey[];

test.beforeAll(async () => {
  place = await makeFaultPlace();
  processes = [];
  for (const shift of SHIFTS) {
    processes.push(
      await place.start({
        environment: { DATABASE_URL: place.directUrl(), ...clockOf(shift) },
      }),
    );
  }
});
test.afterAll(() => place.remove());

test("processes whose clocks are a day apart let in no token after its end, agree within a second, and none comes back", async () => {
  const bearer = await signInProgram(processes[0] as Latchkey, ADMINISTRATOR);
  const found: { spreadMs: number; lateMs: number }[] = [];
  const watchToken = async (maker: Latchkey) => {
    const { body } = await ask(maker.url + TOKENS, bearer, {
      method: "POST",
      body: { spec: { ttl: TTL_MS } },
    });
    const { bearerToken, expiresAt } = JSON.parse(body).status;
    const lateMs = await Promise.all(
      processes.map(({ url }) => watchEnd(url, bearerToken, Date.parse(expiresAt))),
    );
    found.push({
      spreadMs: Math.max(...lateMs) - Math.min(...lateMs),
      lateMs: Math.max(...lateMs.map(Math.abs)),
    });
  };
  for (let round = 0; round < times({ quick: 1, full: 20 }); round += 1) {
    await Promise.all(processes.map(watchToken));
  }
  const spreadMs = Math.max(...found.map((each) => each.spreadMs));
  const lateMs = Math.max(...found.map((each) => each.lateMs));
  expect(spreadMs).toBeLessThan(AGREEMENT_MS_MAX);
  expect(lateMs).toBeLessThan(AGREEMENT_MS_MAX);
  await expectNothingBroken(place, [], processes);
  measured(
    "Three processes whose clocks are right, a day ahead and a day behind end a token within 1 s of each other and of the database's clock, whoever made it, and none comes back",
    `${found.length} tokens: ${Math.round(spreadMs)} ms apart at most, ${Math.round(lateMs)} ms from their end at most; none came back`,
  );
});

/**
 * Asks until the token has ended and a second longer; gives how long after its end, by the clock of
 * this machine and the database, it was let in last.
 */
async function watchEnd(url: string, bearer: string, endMs: number): Promise<number> {
  let [firstBadMs, lastGoodMs] = [Number.POSITIVE_INFINITY, 0];
  while (Date.now() < endMs + 2 * AGREEMENT_MS_MAX) {
    const askedMs = Date.now();
    const { status } = await ask(`${url}/verify`, bearer);
    expect([200, 401]).toContain(status);
    if (status === 200) lastGoodMs = askedMs;
    else firstBadMs = Math.min(firstBadMs, askedMs);
    await sleep(ASK_EVERY_MS);
  }
  expect(lastGoodMs).toBeLessThan(firstBadMs);
  return lastGoodMs - endMs;
}

// What faketime would set for a process of its own, which would not pass signals on.
function clockOf(shift: string): Record<string, string> {
  const output = execFileSync("faketime", ["-f", shift, "env"], { encoding: "utf8" });
  const preload = /^LD_PRELOAD=(.+)$/m.exec(output)?.[1];
  if (!preload) throw new Error("faketime says nothing of its library");
  // Its own idea of how time passes is right; only what time it is is not.
  return { LD_PRELOAD: preload, FAKETIME: shift, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
