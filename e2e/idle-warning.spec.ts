import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { endIn, leaveAlone, readIdleSeconds } from "@/db/testing/old-sign-ins";
import { onDatabase } from "./database";
import { expect, type Person, test } from "./fixtures";
import { type Address, type Latchkey, operate, removeLatchkey, startLatchkey } from "./latchkey";
import { addUser } from "./people";
import { signIn } from "./sign-in";

const HOUR_S = 60 * 60;
const IDLE_S = 16 * HOUR_S;

test.describe("with the browser's clock moved on and the sign-in as old as that in the database", () => {
  test("a warning comes two minutes before the idle limit, counts down, and staying puts it off", async ({
    asUser,
    latchkey,
  }) => {
    const person = await leftWith(118, await asUser(), latchkey);
    const { page } = person;
    const warning = page.getByRole("alertdialog", { name: "Are you still there?" });
    await expect(warning).toBeVisible();
    await expect(warning.getByRole("button", { name: "Stay signed in" })).toBeFocused();
    const before = secondsOf(await warning.getByRole("timer").textContent());
    expect(before).toBeGreaterThan(90);
    // The last use is stored in whole seconds.
    expect(before).toBeLessThanOrEqual(119);
    await page.clock.runFor(5_000);
    const after = secondsOf(await warning.getByRole("timer").textContent());
    expect(before - after).toBeGreaterThanOrEqual(4);
    await warning.getByRole("button", { name: "Stay signed in" }).click();
    await expect(warning).toBeHidden();
    expect(await idleSeconds(latchkey, person)).toBeLessThan(60);
  });

  test("asking how much time is left is no activity: a page left alone is signed out, with what was typed", async ({
    asUser,
    latchkey,
  }) => {
    const person = await leftWith(100, await asUser(), latchkey, typeHalfAThought);
    const { page } = person;
    await expect(page.getByRole("alertdialog", { name: "Are you still there?" })).toBeVisible();
    const seenBefore = await idleSeconds(latchkey, person);
    for (let asked = 0; asked < 3; asked += 1) await page.clock.runFor(10_500);
    expect(await idleSeconds(latchkey, person)).toBeGreaterThanOrEqual(seenBefore);
    await onDatabase(latchkey, (db) => leaveAlone(db, person.id, IDLE_S + 5));
    await page.clock.runFor(11_000);
    const ended = page.getByRole("alertdialog", { name: "You have been signed out" });
    await expect(ended).toContainText("Nothing happened for as long as a sign-in may be idle");
    await ended.getByRole("button", { name: "Show the page" }).click();
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue("half a thought");
    await expect(page.getByRole("region", { name: "Signed out" })).toBeVisible();
  });

  test("a sign-in in another tab brings the page back to life, with what was typed", async ({
    asUser,
    latchkey,
  }) => {
    const person = await leftWith(-5, await asUser(), latchkey, typeHalfAThought);
    const { page } = person;
    const ended = page.getByRole("alertdialog", { name: "You have been signed out" });
    await expect(ended).toBeVisible();
    const opened = page.context().waitForEvent("page");
    await ended.getByRole("link", { name: "Sign in again" }).click();
    const tab = await opened;
    await tab.getByRole("textbox", { name: "Username" }).fill(person.username);
    await tab.getByRole("textbox", { name: "Password" }).fill(person.password);
    await tab.getByRole("button", { name: "Sign in" }).click();
    await expect(tab.getByRole("heading", { name: "Tokens", exact: true })).toBeVisible();
    await page.bringToFront();
    await expect(ended).toBeHidden();
    await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
    await expect(page.getByRole("dialog", { name: "Copy your token now" })).toBeVisible();
  });

  test("a page of one user says so when another has signed in meanwhile", async ({
    asUser,
    latchkey,
  }) => {
    const person = await leftWith(-5, await asUser(), latchkey);
    const { page } = person;
    await expect(page.getByRole("alertdialog", { name: "You have been signed out" })).toBeVisible();
    const other = await addUser(latchkey);
    await signIn(person.context, other);
    await (await person.context.newPage()).goto("/tokens");
    const replaced = page.getByRole("alertdialog", { name: "Somebody else has signed in" });
    await expect(replaced).toContainText(other.username);
    await replaced.getByRole("button", { name: "Load this page anew" }).click();
    await expect(page.getByTitle(`Sign out ${other.username}`)).toBeVisible();
  });

  test("activity in another tab takes the warning away", async ({ asUser, latchkey }) => {
    const { page, context } = await leftWith(100, await asUser(), latchkey);
    const warning = page.getByRole("alertdialog", { name: "Are you still there?" });
    await expect(warning).toBeVisible();
    await (await context.newPage()).goto("/tokens");
    await expect(warning).toBeHidden();
  });

  test("the end of the lifetime is told of as one that cannot be put off", async ({
    asUser,
    latchkey,
  }) => {
    const person = await leftWith(null, await asUser(), latchkey);
    const { page } = person;
    await onDatabase(latchkey, (db) => endIn(db, person.id, 100));
    await page.clock.fastForward((IDLE_S - 60) * 1_000);
    const warning = page.getByRole("alertdialog", { name: "Your sign-in is about to end" });
    await expect(warning).toContainText("cannot be extended");
    await expect(warning.getByRole("button", { name: "Stay signed in" })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(warning).toBeHidden();
    await onDatabase(latchkey, (db) => endIn(db, person.id, -1));
    await page.clock.runFor(11_000);
    const ended = page.getByRole("alertdialog", { name: "You have been signed out" });
    await expect(ended).toContainText("reached the end of its lifetime");
  });
});

test.describe("with an idle limit of one minute and nothing but real time", () => {
  let latchkey: Latchkey;
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    latchkey = await startLatchkey();
    await operate(latchkey, ["setting", "auth-user-session-idle-ttl-minutes", "1"]);
  });
  test.afterAll(() => removeLatchkey(latchkey));

  test("staying keeps the sign-in, and doing nothing then ends it although the page asks on", async ({
    newBrowser,
  }) => {
    test.setTimeout(240_000);
    const account = await addUser(latchkey);
    const context = await newBrowser({ baseURL: latchkey.url });
    await signIn(context, account);
    const page = await context.newPage();
    await page.goto("/tokens");
    const warning = page.getByRole("alertdialog", { name: "Are you still there?" });
    await expect(warning).toBeVisible({ timeout: 50_000 });
    await page.keyboard.press("Enter");
    await expect(warning).toBeHidden();
    await expect(warning).toBeVisible({ timeout: 60_000 });
    const ended = page.getByRole("alertdialog", { name: "You have been signed out" });
    await expect(ended).toBeVisible({ timeout: 40_000 });
    const answer = await context.request.get("/tokens", { maxRedirects: 0 });
    expect(answer.status()).toBe(307);
  });
});

/** Opens a page, and moves both clocks so that so much of the idle limit is left. */
async function leftWith(
  leftS: number | null,
  person: Person,
  latchkey: Address,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Person> {
  const { page } = person;
  await page.clock.install();
  await page.goto("/tokens");
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toBeVisible();
  await prepare(page);
  await storeLastUse(latchkey, person);
  if (leftS === null) return person;
  await onDatabase(latchkey, (db) => leaveAlone(db, person.id, IDLE_S - leftS));
  await page.clock.fastForward((IDLE_S - 60) * 1_000);
  return person;
}

/** Until its last use is stored, the process knows better than the database, and stores it later. */
async function storeLastUse(latchkey: Address, person: Person): Promise<void> {
  await person.page.waitForLoadState("networkidle");
  // Longer than what a use before can be mistaken for: uses are stored in whole seconds.
  await sleep(2_100);
  const usedAt = performance.now();
  await person.context.request.get("/tokens");
  const storedBeforeS = async () =>
    (await idleSeconds(latchkey, person)) - (performance.now() - usedAt) / 1_000;
  await expect.poll(storedBeforeS, { timeout: 20_000 }).toBeLessThan(1.6);
}

function idleSeconds(latchkey: Address, person: Person): Promise<number> {
  return onDatabase(latchkey, (db) => readIdleSeconds(db, person.id));
}

async function typeHalfAThought(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create token" }).click();
  await page.getByRole("textbox", { name: "Description" }).fill("half a thought");
}

function secondsOf(countdown: string | null): number {
  const [minutes, seconds] = (countdown ?? "").split(":").map(Number);
  return (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
}
