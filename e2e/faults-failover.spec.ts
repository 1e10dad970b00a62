import { rm } from "node:fs/promises";
import { findWaitsForStandby } from "@/db/testing/connections";
import { measured, seed, times } from "../prove/proof";
import { ask } from "./ask";
import { disconnect, onDatabase } from "./database";
import { holdTrial } from "./fault-trial";
import { expect, test } from "./fixtures";
import { type Latchkey, startLatchkey } from "./latchkey";
import { type Entry, findMisjudged, makeToken, toggleToken } from "./ledger";
import { onDatabaseOf } from "./own-database";
import { ADMINISTRATOR } from "./people";
import { randomFrom } from "./random";
import { signInProgram } from "./sign-in";
import { makeSystemPostgres, type SystemPostgres } from "./system-postgres";
import { TOKENS } from "./tokens";

// Of one Latchkey, whose servers change their parts.
test.describe.configure({ mode: "default" });

const SYNCHRONOUS = "synchronous_standby_names = 'latchkey_standby'";

const CREATE = { method: "POST", body: { spec: {} } };

let primary: SystemPostgres;
let standby: SystemPostgres;
let latchkey: Latchkey;
let databaseUrl: string;

test.beforeAll(async () => {
  primary = await makeSystemPostgres();
  standby = await primary.makeStandby();
  await primary.configure(SYNCHRONOUS);
  // The standby comes first, so that it would be taken by whoever does not look.
  const hosts = [standby, primary].map(({ port }) => `127.0.0.1:${port}`).join(",");
  const { port } = primary;
  databaseUrl = `${primary.url.replace(`127.0.0.1:${port}`, hosts)}?target_session_attrs=read-write`;
  latchkey = await startLatchkey({ environment: onDatabaseOf(databaseUrl) });
});

test.afterAll(async () => {
  await disconnect();
  await latchkey?.end("SIGTERM");
  await primary?.remove();
  await standby?.remove();
  if (latchkey) await rm(latchkey.dataDir, { recursive: true, force: true });
});

test("a primary that is killed under load takes nothing acknowledged with it, and changes go on at the standby", async () => {
  test.setTimeout(600_000);
  const bearer = await signInProgram(latchkey, ADMINISTRATOR);
  const stopped: Entry[] = [];
  await holdTrial({
    place: { dataDir: latchkey.dataDir, databaseUrl, random: randomFrom(seed()) },
    latchkey,
    promise:
      "The primary of two PostgreSQL servers, one a synchronous standby, killed under load, and the other promoted",
    repetitions: times({ quick: 1, full: 10 }),
    answeredWithinMs: 8_000,
    wellWithinMs: 10_000,
    fault: async (traffic, repetition) => {
      if (repetition > 0) await provideStandby();
      const { entry } = await makeToken(latchkey.url, bearer, { entries: stopped });
      if (entry) expect((await toggleToken(latchkey.url, bearer, entry)).status).toBe(200);
      await primary.end("SIGKILL");
      await traffic.refusals(5);
      await standby.promote();
      [primary, standby] = [standby, primary];
    },
  });
  expect(stopped.length).toBeGreaterThan(0);
  expect(await findMisjudged(latchkey, stopped)).toEqual([]);
});

test("a change that the synchronous standby does not have is not acknowledged", async () => {
  test.setTimeout(300_000);
  await provideStandby();
  const bearer = await signInProgram(latchkey, ADMINISTRATOR);
  const place = { dataDir: latchkey.dataDir, databaseUrl };
  await standby.end("SIGINT");
  let slowestMs = 0;
  for (let change = 0; change < times({ quick: 3, full: 6 }); change += 1) {
    const alone = await ask(latchkey.url + TOKENS, bearer, CREATE);
    expect(alone.status).toBe(503);
    slowestMs = Math.max(slowestMs, alone.ms);
  }
  expect(slowestMs).toBeLessThan(8_000);
  // Nobody waits any more for what was answered, but for what is written once a minute.
  expect((await onDatabase(place, findWaitsForStandby)).length).toBeLessThanOrEqual(2);
  // A check needs no standby.
  expect((await ask(`${latchkey.url}/verify`, bearer)).status).toBe(200);
  await standby.start();
  await expect.poll(() => statusOfCreate(bearer)).toBe(201);
  measured(
    "While no synchronous standby is there, a change is answered with 503 within 8 s and never acknowledged",
    `503 after ${(slowestMs / 1_000).toFixed(1)} s`,
  );
});

async function statusOfCreate(bearer: string): Promise<number> {
  return (await ask(latchkey.url + TOKENS, bearer, CREATE)).status;
}

/** Makes the server that is gone a standby of the one that is there. */
async function provideStandby(): Promise<void> {
  await disconnect();
  const { port } = standby;
  await standby.remove();
  standby = await primary.makeStandby(port);
  await primary.configure(SYNCHRONOUS);
}
