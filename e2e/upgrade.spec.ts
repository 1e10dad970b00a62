import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { readTokensForLong } from "@/db/testing/outages";
import { measured, times } from "../prove/proof";
import { expectAccessible } from "./accessible";
import { expectNothingBroken } from "./aftermath";
import { ask } from "./ask";
import { firstErrorsIn } from "./child-output";
import { finishReveal, readReveal, rowOf } from "./console";
import { makeFaultPlace } from "./fault-place";
import { test as base, expect } from "./fixtures";
import { SETTINGS, USERS } from "./kinds";
import { type Address, freePorts, type Latchkey } from "./latchkey";
import { buildLaterVersion, type LaterVersion } from "./later-version";
import { type Entry, makeToken, toggleToken } from "./ledger";
import { inLoops, ask as tell } from "./load";
import { LOOKS } from "./looks";
import { readServers, startNginx } from "./nginx";
import { type Account, ADMINISTRATOR, addUser } from "./people";
import { cookieOf, signIn, signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const STALL_MS_MAX = 5_000;

interface Installation {
  /** Where it is served, and where its data is. */
  address: Address;
  /** Ends this version and starts the later one at the same address, on the same database. */
  upgrade: () => Promise<void>;
}

const test = base.extend<{ installation: Installation }, { later: LaterVersion }>({
  later: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const later = await buildLaterVersion();
      await use(later);
      await later.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  installation: async ({ later }, use) => {
    const place = await makeFaultPlace();
    const [port] = await freePorts(1);
    const url = `http://localhost:${port}`;
    const environment = {
      DATABASE_URL: place.directUrl(),
      PORT: String(port),
      NEXTAUTH_URL: url,
    };
    const before = await place.start({ environment });
    const upgrade = async () => {
      await before.end("SIGTERM");
      await place.start({ folder: later.folder, environment });
    };
    await use({ address: { ...before, url, dataDir: place.dataDir }, upgrade });
    await place.remove();
  },
});

// One build of the later version for all of them.
test.describe.configure({ mode: "default", timeout: 180_000 });

type NewBrowser = (options: BrowserContextOptions) => Promise<BrowserContext>;

/** Somebody who is signed in, and has nothing open yet. */
async function aPerson({ address }: Installation, newBrowser: NewBrowser) {
  const account = await addUser(address);
  const context = await newBrowser({ baseURL: address.url });
  await signIn(context, account);
  const bearer = await signInProgram(address, account);
  return { bearer, page: await context.newPage() };
}

const told = (page: Page) => page.getByRole("alertdialog", { name: "Latchkey was updated" });

test("a token that is being created while Latchkey is updated: the person is told, and what was typed is there before and after the page is loaded anew", async ({
  installation,
  newBrowser,
  expectNoise,
}) => {
  expectNoise(/status of (404|409)/);
  const { bearer, page } = await aPerson(installation, newBrowser);
  await page.goto("/tokens");
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "Create token" });
  const description = dialog.getByRole("textbox", { name: "Description" });
  await description.fill("half a thought");
  await dialog.getByRole("radio", { name: "Duration…" }).check();
  await dialog.getByRole("textbox", { name: "Duration" }).fill("5");
  await installation.upgrade();

  await description.press("Enter");
  await expect(told(page)).toContainText("What you just did was not done.");
  await expect(told(page).getByRole("button", { name: "Load this page anew" })).toBeFocused();
  for (const { options } of LOOKS) {
    await page.setViewportSize(options.viewport);
    await page.emulateMedia({ colorScheme: options.colorScheme });
    await expectAccessible(page, "updated while a token is being created");
  }
  await page.keyboard.press("Escape");
  await expect(told(page)).toBeHidden();
  await expect(description).toHaveValue("half a thought");
  await expect(dialog.getByRole("alert")).toContainText("Latchkey was updated");
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);

  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(told(page)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("(later)")).toBeVisible();
  await expect(description).toHaveValue("half a thought");
  await expect(dialog.getByRole("textbox", { name: "Duration" })).toHaveValue("5");
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const { name } = await readReveal(page);
  await finishReveal(page);
  await expect(rowOf(page, "half a thought")).toHaveCount(1);
  const { body } = await ask(`${installation.address.url}${TOKENS}/${name}`, bearer);
  expect(JSON.parse(body).spec.description).toBe("half a thought");
});

test("what a page of the version before has selected stays, also when a part of it is gone, and its links lead on", async ({
  installation,
  newBrowser,
  expectNoise,
}) => {
  expectNoise(/status of (404|409)|Refused to execute script from .*_next.static.chunks/);
  const { bearer, page } = await aPerson(installation, newBrowser);
  const { url } = installation.address;
  const entries: Entry[] = [];
  for (const description of ["one", "two"]) {
    await makeToken(url, bearer, { entries, description });
  }
  await page.goto("/tokens");
  for (const { name } of entries)
    await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  const selected = page.getByRole("region", { name: "Selected tokens" });
  await expect(selected).toContainText("2 tokens selected");
  await page.evaluate(() => Object.assign(window, { ofTheVersionBefore: true }));
  await installation.upgrade();

  const missing = page.waitForResponse((answer) => answer.status() === 404);
  await page.getByRole("button", { name: "Find by value" }).click();
  expect((await missing).url()).toContain("/_next/static/chunks/");
  await expect(told(page)).toBeVisible();
  await told(page).getByRole("button", { name: "Show the page" }).click();
  await expect(selected).toContainText("2 tokens selected");
  const bar = page.getByRole("region", { name: "Updated" });
  await expect(bar.getByRole("button", { name: "Load this page anew" })).toBeVisible();
  for (const { options } of LOOKS) {
    await page.setViewportSize(options.viewport);
    await page.emulateMedia({ colorScheme: options.colorScheme });
    await expectAccessible(page, "updated, and told before");
  }

  await selected.getByRole("button", { name: "Disable" }).click();
  const review = page.getByRole("dialog", { name: /Disable/ });
  await expect(told(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(review).toContainText("Latchkey was updated");
  await page.keyboard.press("Escape");
  await expect(selected).toContainText("2 tokens selected");
  for (const { bearer: of } of entries) expect((await ask(`${url}/verify`, of)).status).toBe(200);

  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Sign-ins" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign-ins" })).toBeVisible();
  expect(await page.evaluate(() => "ofTheVersionBefore" in window)).toBe(false);
  await expect(bar).toBeHidden();
});

test("while a later version starts and changes the schema, with a backup running, the version before goes on, works beside it, and starts again with a warning", async ({
  later,
  newBrowser,
}) => {
  const place = await makeFaultPlace();
  const [front = 0, ...ports] = await freePorts(3);
  const url = `http://127.0.0.1:${front}`;
  const environmentOf = (port: number | undefined) => ({
    DATABASE_URL: place.directUrl(),
    PORT: String(port),
    NEXTAUTH_URL: url,
    TRUST_PROXY: "1",
  });
  const startBefore = () => place.start({ environment: environmentOf(ports[0]) });
  const agent = new Agent({ keepAlive: true });
  const endings: (() => unknown)[] = [() => agent.destroy(), place.remove];
  try {
    const before = at(await startBefore(), ports[0]);
    const admin = await signInProgram(before, ADMINISTRATOR);
    const person = await addUser({ ...before, dataDir: place.dataDir });
    const entries: Entry[] = [];
    const { entry: checked } = await makeToken(before.url, admin, { entries });
    const headers = { authorization: `Bearer ${checked?.bearer}` };
    const checks = inLoops(2, async () => {
      return (await tell(`${before.url}/verify`, { agent, headers })).status;
    });
    const work = (there: Latchkey) => everythingAt(there, { admin, entries, person });
    const changes = inLoops(1, () => work(before));
    endings.unshift(() => Promise.all([checks.stop(), changes.stop()]));
    // Each way into the database is known to its connections before the schema changes.
    await expect.poll(() => changes.told.counts.fine ?? 0).toBeGreaterThan(3);

    const endBackup = await readTokensForLong(place.directUrl());
    const starting = place.start({ folder: later.folder, environment: environmentOf(ports[1]) });
    await sleep(times({ quick: 6_000, full: 20_000 }));
    await endBackup();
    const after = at(await starting, ports[1]);
    expect([await work(after), await work(before)]).toEqual(["fine", "fine"]);
    const tellings = [await checks.stop(), await changes.stop()];
    const answers = tellings.map(({ counts }) => Object.keys(counts));
    expect(answers, firstErrorsIn(before.output())).toEqual([["200"], ["fine"]]);
    const longestMs = Math.max(...tellings.flatMap(({ timesMs }) => Object.values(timesMs).flat()));
    expect(longestMs).toBeLessThan(STALL_MS_MAX);
    await expectNothingBroken({ dataDir: place.dataDir }, entries, [before, after]);

    const nginx = await startNginx(place.dataDir, {
      servers: readServers({ front, ports }),
      port: front,
    });
    endings.unshift(() => nginx.kill("SIGTERM"));
    const context = await newBrowser({ baseURL: url });
    await signIn(context, person);
    const page = await context.newPage();
    for (let load = 0; load < 6; load += 1) {
      await page.goto("/tokens");
      await page.getByRole("button", { name: "Find by value" }).click();
      await expect(page.getByRole("dialog", { name: "Find a token by its value" })).toBeVisible();
    }

    expect(before.output()).not.toContain("belongs to a later version");
    expect(await before.end("SIGTERM")).toBe(0);
    const again = at(await startBefore(), ports[0]);
    expect(again.output()).toContain("the database belongs to a later version of Latchkey");
    expect(after.output()).not.toContain("belongs to a later version");
    expect(await work(again)).toBe("fine");
    await expectNothingBroken({ dataDir: place.dataDir }, entries, [again, after]);
    measured(
      "A later version changes the schema while the version before serves and a backup reads: nothing fails",
      `${tellings[0]?.counts[200]} checks and ${tellings[1]?.counts.fine} rounds of changes, each within ${Math.round(longestMs)} ms`,
    );
  } finally {
    for (const end of endings) await end();
  }
});

function at(latchkey: Latchkey, port: number | undefined): Latchkey {
  return { ...latchkey, url: `http://127.0.0.1:${port}` };
}

interface People {
  admin: string;
  entries: Entry[];
  person: Account;
}

/** Signs in, makes, lists, stops and starts; says what was not fine. */
async function everythingAt(
  { url }: Latchkey,
  { admin, entries, person }: People,
): Promise<string> {
  const made = await makeToken(url, admin, { entries, description: "made meanwhile" });
  if (!made.entry) return `make: ${made.status}`;
  for (let turn = 0; turn < 2; turn += 1) {
    const { status } = await toggleToken(url, admin, made.entry);
    if (status !== 200) return `toggle: ${status}`;
  }
  const verified = await ask(`${url}/verify`, made.entry.bearer);
  if (verified.status !== 200) return `verify: ${verified.status}`;
  for (const path of [`${TOKENS}?limit=5`, SETTINGS, USERS]) {
    const { status } = await ask(url + path, admin);
    if (status !== 200) return `${path}: ${status}`;
  }
  const headers = { Cookie: await cookieOf({ url }, person) };
  for (const path of ["/tokens", "/account", "/sessions"]) {
    const page = await fetch(url + path, { headers, redirect: "manual" });
    if (page.status !== 200 || (await page.text()).includes("not answering")) {
      return `${path}: ${page.status}`;
    }
  }
  return "fine";
}
