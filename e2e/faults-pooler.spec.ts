import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { measured, seed, times } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import { ask } from "./ask";
import { disconnect, type Stored } from "./database";
import { blocksOf } from "./document";
import { holdTrial } from "./fault-trial";
import { expect, test } from "./fixtures";
import { type Latchkey, startLatchkey } from "./latchkey";
import { type Entry, makeToken, toggleToken } from "./ledger";
import { onDatabaseOf } from "./own-database";
import { ADMINISTRATOR } from "./people";
import { makePgbouncer, type Pgbouncer } from "./pgbouncer";
import { randomFrom } from "./random";
import { signInProgram } from "./sign-in";
import { makeSystemPostgres, type SystemPostgres } from "./system-postgres";

// Of two processes behind one pgbouncer, which is last what it must not be.
test.describe.configure({ mode: "default" });

const STOPPED_MS_MAX = 1_000;
const POLL_MS = 10;
const DROPS = "a pooler drops what its connections need";

let server: SystemPostgres;
let pgbouncer: Pgbouncer;
const processes: Latchkey[] = [];
let one: Latchkey;
let other: Latchkey;

test.beforeAll(async () => {
  server = await makeSystemPostgres();
  pgbouncer = await makePgbouncer(server.url);
  const [block = ""] = blocksOf("docs/operate.md", "pgbouncer", "sql");
  await server.execute(block);
  await pgbouncer.start();
  [one, other] = [await start(pgbouncer.url), await start(pgbouncer.url)];
  for (const { output } of [one, other]) expect(output()).not.toContain(DROPS);
});

test.afterAll(async () => {
  await disconnect();
  for (const latchkey of processes) {
    await latchkey.end("SIGTERM");
    await rm(latchkey.dataDir, { recursive: true, force: true });
  }
  await pgbouncer?.remove();
  await server?.remove();
});

test("behind pgbouncer a token that is stopped at one process is refused by the other within a second, also after a restart of pgbouncer under load", async () => {
  test.setTimeout(300_000);
  const bearer = await signInProgram(one, ADMINISTRATOR);
  const entries: Entry[] = [];
  const rounds = times({ quick: 5, full: 100 });
  const slowestMs = await stopOften(bearer, { entries, rounds });
  await holdTrial({
    place: { ...asOwner(), random: randomFrom(seed()) },
    latchkey: one,
    promise: "pgbouncer (session pooling) killed or stopped under load, and started again",
    repetitions: times({ quick: 1, full: 20 }),
    answeredWithinMs: 8_000,
    wellWithinMs: 10_000,
    fault: async (traffic, repetition) => {
      await pgbouncer.end(repetition % 2 === 0 ? "SIGKILL" : "SIGQUIT");
      await traffic.refusals(5);
      await pgbouncer.start();
    },
  });
  const againMs = await stopOften(bearer, { entries, rounds });
  await expectNothingBroken(asOwner(), entries, [one, other]);
  measured(
    "Two processes behind pgbouncer with session pooling: a token that is stopped at one is refused by the other within 1 s",
    `${2 * rounds} times: at most ${Math.round(Math.max(slowestMs, againMs))} ms`,
  );
});

test("where pgbouncer becomes one that shares connections, a stopped token is let in for a second at most, and a start is refused", async () => {
  const direct = await start(server.url);
  const bearer = await signInProgram(direct, ADMINISTRATOR);
  const { entry } = await makeToken(direct.url, bearer, { entries: [] });
  if (!entry) throw new Error("no token was made");
  await expect.poll(() => verify(other, entry)).toBe(200);
  await restart("transaction");
  // Long enough for a feed to begin again, were it to trust what it hears there.
  await expect.poll(() => verify(other, entry)).toBe(200);
  for (let round = 0; round < times({ quick: 3, full: 20 }); round += 1) {
    await expect.poll(() => verify(other, entry)).toBe(200);
    await sleep(STOPPED_MS_MAX);
    expect((await toggleToken(direct.url, bearer, entry)).status).toBe(200);
    await sleep(STOPPED_MS_MAX);
    expect(await verify(other, entry)).not.toBe(200);
    expect((await toggleToken(direct.url, bearer, entry)).status).toBe(200);
  }
  const refused = await start(pgbouncer.url).catch((error: Error) => error.message);
  expect(refused).toContain("its pooler keeps no sessions: it needs pool_mode = session");
});

test("what pgbouncer drops and the login does not have is told at the start", async () => {
  await server.execute("alter role latchkey in database latchkey reset all");
  // Connections that are kept are as they were made.
  await restart("session");
  const lacking = await start(pgbouncer.url);
  expect(lacking.output()).toContain(`${DROPS} (docs/operate.md): role, statement_timeout`);
});

async function start(databaseUrl: string): Promise<Latchkey> {
  const latchkey = await startLatchkey({ environment: onDatabaseOf(databaseUrl) });
  processes.push(latchkey);
  return latchkey;
}

/** Past pgbouncer, and as the login itself. */
function asOwner(): Stored {
  return { dataDir: one.dataDir, databaseUrl: `${server.url}?role=latchkey` };
}

async function restart(poolMode: "session" | "transaction"): Promise<void> {
  await pgbouncer.end("SIGQUIT");
  await pgbouncer.start(poolMode);
}

/** Stops new tokens at one process; gives the longest that the other one let one in. */
async function stopOften(
  bearer: string,
  { entries, rounds }: { entries: Entry[]; rounds: number },
): Promise<number> {
  let longestMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { entry } = await makeToken(one.url, bearer, { entries });
    if (!entry) throw new Error("no token was made");
    await expect.poll(() => verify(other, entry)).toBe(200);
    expect((await toggleToken(one.url, bearer, entry)).status).toBe(200);
    const stoppedAtMs = performance.now();
    while ((await verify(other, entry)) === 200) {
      expect(performance.now() - stoppedAtMs).toBeLessThan(STOPPED_MS_MAX);
      await sleep(POLL_MS);
    }
    longestMs = Math.max(longestMs, performance.now() - stoppedAtMs);
  }
  return longestMs;
}

async function verify({ url }: Latchkey, { bearer }: Entry): Promise<number> {
  return (await ask(`${url}/verify`, bearer)).status;
}
