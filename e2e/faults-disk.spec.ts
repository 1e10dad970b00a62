import type { BrowserContext, BrowserContextOptions } from "@playwright/test";
import { askForRoom, useUpLog } from "@/db/testing/outages";
import { times } from "../prove/proof";
import { type Answered, ask } from "./ask";
import { rowOf } from "./console";
import { disconnect, onDatabase } from "./database";
import { type FaultPlace, makeFaultPlace } from "./fault-place";
import { holdTrial } from "./fault-trial";
import { expect, test } from "./fixtures";
import type { Latchkey } from "./latchkey";
import { makeToken } from "./ledger";
import { ADMINISTRATOR } from "./people";
import { isRunning } from "./postgres";
import { signIn, signInProgram } from "./sign-in";
import { makeSmallDisk, moveToDisk, type SmallDisk } from "./small-disk";
import { TOKENS } from "./tokens";

test.describe.configure({ mode: "default" });

const ANSWERED_MS = 8_000;
const WELL_MS = 10_000;
const DISK_FULL = "(53100)";
const INTERNALS =
  /Failed query|params:|insert into|select .* from|SQLSTATE|53100|could not (extend|write)/i;

let place: FaultPlace;
let disk: SmallDisk;
let latchkey: Latchkey;

/** A Latchkey with that folder of its database on a small disk, and its administrator's two ways in. */
async function start(
  folder: "base" | "pg_wal",
  newBrowser: (options: BrowserContextOptions) => Promise<BrowserContext>,
) {
  place = await makeFaultPlace();
  disk = await makeSmallDisk();
  await moveToDisk(place, { folder, disk });
  latchkey = await place.start();
  const bearer = await signInProgram(latchkey, ADMINISTRATOR);
  const context = await newBrowser({ baseURL: latchkey.url });
  await signIn(context, ADMINISTRATOR);
  return { bearer, context };
}

// One after the other: a machine may have room for one small disk alone.
test.afterEach(async () => {
  await place.remove();
  await disk.remove();
});

test("a database whose disk is full refuses changes as an outage, goes on to answer checks and lists, and is well as soon as there is room", async ({
  newBrowser,
  expectNoise,
}) => {
  expectNoise(/status of 503/);
  const { bearer, context } = await start("base", newBrowser);
  await holdTrial({
    place,
    latchkey,
    promise: "The disk of PostgreSQL's data full; checks and lists are answered meanwhile",
    repetitions: times({ quick: 1, full: 10 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: WELL_MS,
    fault: async ({ refusals }, repetition) => {
      const description = `there before the disk was full ${repetition}`;
      const { entry } = await makeToken(latchkey.url, bearer, { entries: [], description });
      const page = await context.newPage();
      try {
        await disk.fill();
        await refusals(20);
        await expect(onDatabase(place, askForRoom)).rejects.toThrow(DISK_FULL);
        expectOutage(await untilRefused(bearer));
        expect((await untilNoSignIn()).status).toBe(503);
        // Never asked for before, so that the database alone can know it.
        for (const path of ["/verify", TOKENS]) {
          const { status } = await ask(latchkey.url + path, entry?.bearer ?? "");
          expect([path, status]).toEqual([path, 200]);
        }
        await page.goto(`/tokens?q=${entry?.name}`);
        await expect(rowOf(page, description)).toHaveCount(1);
        await page.getByRole("button", { name: "Create token" }).click();
        const dialog = page.getByRole("dialog", { name: "Create token" });
        const typed = dialog.getByRole("textbox", { name: "Description" });
        await typed.fill("typed in the storm");
        await dialog.getByRole("button", { name: "Create token" }).click();
        await expect(dialog.getByRole("alert")).toContainText("The database is not answering");
        await expect(typed).toHaveValue("typed in the storm");
      } finally {
        await disk.free();
        await page.close();
      }
    },
  });
  expect(latchkey.output()).not.toMatch(INTERNALS);
});

test("a database that ends because its log has no room is an outage that says so, and takes no acknowledged change with it", async ({
  newBrowser,
  expectNoise,
}) => {
  expectNoise(/status of 503/);
  const { bearer, context } = await start("pg_wal", newBrowser);
  await holdTrial({
    place,
    latchkey,
    promise: "The disk of PostgreSQL's log full, upon which it ends until it is started again",
    // Each leaves more of the log on this disk, which after some is full of nothing else.
    repetitions: times({ quick: 1, full: 2 }),
    answeredWithinMs: ANSWERED_MS,
    wellWithinMs: WELL_MS,
    fault: async ({ refusals }) => {
      const page = await context.newPage();
      try {
        await disk.fill();
        await expect
          .poll(async () => {
            await onDatabase(place, useUpLog).catch(disconnect);
            return isRunning(place);
          })
          .toBe(false);
        await refusals(20);
        expectOutage(await untilRefused(bearer));
        expect((await fetch(`${latchkey.url}/healthz`)).status).toBe(200);
        expect((await fetch(`${latchkey.url}/readyz`)).status).toBe(503);
        const answer = await page.goto("/tokens");
        expect(answer?.status()).toBe(503);
        await expect(
          page.getByRole("heading", { name: "The database is not answering" }),
        ).toBeVisible();
      } finally {
        await disk.free();
        await page.close();
      }
      await place.startDatabase();
    },
  });
  expect(latchkey.output()).not.toMatch(INTERNALS);
});

/** Makes tokens until one is refused: where there is room in a page, a change needs no other. */
async function untilRefused(bearer: string): Promise<Answered> {
  for (;;) {
    const { entry, ...answered } = await makeToken(latchkey.url, bearer, { entries: [] });
    if (!entry) return answered;
  }
}

/** Signs in until that is refused, for the same reason. */
async function untilNoSignIn(): Promise<Response> {
  for (;;) {
    const answer = await fetch(`${latchkey.url}/v1-public/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(ADMINISTRATOR),
    });
    if (answer.status !== 201) return answer;
    await answer.text();
  }
}

function expectOutage({ status, body }: Answered): void {
  expect(status).toBe(503);
  expect(JSON.parse(body)).toMatchObject({ kind: "Status", reason: "ServiceUnavailable" });
  expect(body).not.toMatch(INTERNALS);
}
