import { setTimeout as sleep } from "node:timers/promises";
import {
  findBackend,
  lockTokens,
  setReadOnly,
  takeAllConnections,
  terminateBackends,
} from "@/db/testing/outages";
import { times } from "../prove/proof";
import { ask } from "./ask";
import { disconnect, onDatabase } from "./database";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import { holdTrial } from "./fault-trial";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { makeToken } from "./ledger";
import { ADMINISTRATOR } from "./people";
import { endDatabase, freezeDatabase } from "./postgres";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

// Each fault comes upon the same Latchkey as the ones before it.
test.describe.configure({ mode: "default" });

const ANSWERED_MS = 8_000;
const FROZEN_MS = times({ quick: 2_000, full: 30_000 });

let place: FaultPlace;
let latchkey: Latchkey;

test.beforeAll(async () => {
  place = await makeFaultPlace();
  latchkey = await place.start();
});
test.afterAll(() => place.remove());

// Killed, stopped at once, and in good order.
const ENDS = ["SIGKILL", "SIGQUIT", "SIGINT"] as const;

test("a database that ends in any way and is started again takes no acknowledged change with it", () =>
  holdTrial({
    place,
    latchkey,
    promise:
      "PostgreSQL killed, stopped at once or stopped in good order, and started again, while tokens are made, stopped and deleted",
    repetitions: ENDS.length * times({ quick: 1, full: 20 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: 10_000,
    fault: async (traffic, repetition) => {
      await endDatabase(place, ENDS[repetition % ENDS.length] ?? "SIGKILL");
      await traffic.refusals(5);
      await place.startDatabase();
    },
  }));

test("a crash of one process of the database, which ends all of them, loses nothing", () =>
  holdTrial({
    place,
    latchkey,
    promise: "One server process of PostgreSQL killed, upon which it ends all others and recovers",
    repetitions: times({ quick: 1, full: 20 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: 10_000,
    fault: async () => {
      await disconnect();
      process.kill(await onDatabase(place, findBackend), "SIGKILL");
    },
  }));

test("connections that the database ends are made again, and no change is made twice", () =>
  holdTrial({
    place,
    latchkey,
    promise: "Every connection ended by the database (pg_terminate_backend)",
    repetitions: times({ quick: 2, full: 50 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: 10_000,
    fault: async () => {
      await disconnect();
      expect(await onDatabase(place, terminateBackends)).toBeGreaterThan(1);
    },
  }));

test("a frozen database is an outage that says so, and all is well when it wakes", () =>
  holdTrial({
    place,
    latchkey,
    promise: `PostgreSQL frozen for ${FROZEN_MS / 1_000} s`,
    repetitions: times({ quick: 1, full: 5 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: 10_000,
    fault: async () => {
      const wake = await freezeDatabase(place);
      try {
        await sleep(FROZEN_MS);
        expect((await fetch(`${latchkey.url}/healthz`)).status).toBe(200);
        expect((await fetch(`${latchkey.url}/readyz`)).status).toBe(503);
      } finally {
        wake();
      }
    },
  }));

test("a database that takes no writes refuses changes, and checks go on", async () => {
  const bearer = await signInProgram(latchkey, ADMINISTRATOR);
  await holdTrial({
    place,
    latchkey,
    promise: "PostgreSQL read-only; every check is answered meanwhile",
    repetitions: times({ quick: 1, full: 10 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: 10_000,
    fault: async ({ refusals }) => {
      const { entry } = await makeToken(latchkey.url, bearer, { entries: [] });
      await onDatabase(place, (db) => setReadOnly(db, true));
      try {
        await refusals(20);
        expect((await fetch(`${latchkey.url}/readyz`)).status).toBe(503);
        // Never asked for before, so that the database alone can know it.
        for (const path of ["/verify", TOKENS]) {
          const { status } = await ask(latchkey.url + path, entry?.bearer ?? "");
          expect([path, status]).toEqual([path, 200]);
        }
      } finally {
        await onDatabase(place, (db) => setReadOnly(db, false));
      }
    },
  });
});

test("a database without a connection left is an outage that says so", () =>
  holdTrial({
    place,
    latchkey,
    promise: "Every connection of PostgreSQL taken by others",
    repetitions: times({ quick: 1, full: 10 }),
    // For a part of which it is stopped.
    answeredWithinMs: 15_000,
    wellWithinMs: 10_000,
    fault: async ({ refusals }) => {
      await disconnect();
      // Stopped, so that it does not get there first.
      process.kill(latchkey.pid, "SIGSTOP");
      let release: () => Promise<void> = () => Promise.resolve();
      try {
        await onDatabase(place, terminateBackends);
        release = await takeAllConnections(place.directUrl());
      } finally {
        process.kill(latchkey.pid, "SIGCONT");
      }
      await refusals(5);
      await release();
    },
  }));

test("tokens that somebody locks are an outage that says so, and nobody waits for ever", () =>
  holdTrial({
    place,
    latchkey,
    promise: "The table of tokens locked by hand",
    repetitions: times({ quick: 1, full: 10 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: 10_000,
    fault: async (traffic) => {
      const unlock = await lockTokens(place.directUrl());
      try {
        await traffic.refusals(4);
      } finally {
        await unlock();
      }
    },
  }));
