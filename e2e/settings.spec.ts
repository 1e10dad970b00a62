import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { storeSetting } from "@/db/settings";
import { ageSignIns } from "@/db/testing/sign-ins";
import { recordAction, replay, SAME_ORIGIN } from "./actions";
import { disconnect, onDatabase } from "./database";
import { test as base, expect } from "./fixtures";
import { type Address, operate, removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { freezeDatabase } from "./postgres";
import { readToken, TOKENS } from "./tokens";

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAXIMUM = "auth-token-max-ttl-minutes";
const IDLE = "auth-user-session-idle-ttl-minutes";
const LONGEST = "Longest lifetime of a token";

// Settings are everybody's: these journeys have a Latchkey of their own.
const test = base.extend<object, { latchkey: Address }>({
  latchkey: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const environment = {
        ADMIN_USERNAME: ADMINISTRATOR.username,
        ADMIN_PASSWORD: ADMINISTRATOR.password,
      };
      const own = await startLatchkey({ environment });
      await use(own);
      await disconnect();
      await removeLatchkey(own);
    },
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "default" });

test.beforeEach(async ({ latchkey }) => {
  for (const [name, value] of [
    [MAXIMUM, "129600"],
    [IDLE, "960"],
  ] as const) {
    await onDatabase(latchkey, (db) => storeSetting(db, { name, value, resourceVersion: 0 }));
  }
});

const rowOf = (page: Page, title: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });

async function openChange(page: Page, title: string): Promise<Locator> {
  await page.getByRole("button", { name: `Change ${title}` }).click();
  const dialog = page.getByRole("dialog", { name: title });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Types a maximum in days and goes to the review of it. */
async function review(dialog: Locator, amount: string, unit?: string): Promise<void> {
  await dialog.getByRole("textbox", { name: "Value" }).fill(amount);
  if (unit) await dialog.getByRole("combobox", { name: "Unit of the value" }).selectOption(unit);
  await dialog.getByRole("button", { name: "Review change" }).click();
}

async function download(page: Page, link: Locator) {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const text = await readFile(await file.path(), "utf8");
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  return { name: file.suggestedFilename(), rows };
}

test("a lower maximum is looked at before it is saved, and what exists is left alone", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [{ page, username }, owner] = [await asAdmin(), await asUser()];
  const hostile = await token(owner, { description: "=1+1", ttlMs: 80 * DAY_MS });
  const other = await token(owner, { ttlMs: 70 * DAY_MS });
  await token(owner, { ttlMs: 20 * DAY_MS });
  await page.goto("/admin/settings");
  const row = rowOf(page, LONGEST);
  for (const text of ["90 days", "129,600 minutes", "This is the default"]) {
    await expect(row).toContainText(text);
  }
  const dialog = await openChange(page, LONGEST);
  await expect(dialog.getByRole("textbox", { name: "Value" })).toHaveValue("90");
  await review(dialog, "30");
  await expect(dialog).toContainText("2 tokens live longer than 30 days. They keep their lifetime");
  const list = await download(page, dialog.getByRole("link", { name: "Download the list" }));
  expect(list.name).toMatch(
    /^auth-token-max-ttl-minutes-43200-affected-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.csv$/,
  );
  expect(list.rows.map((listed) => listed.Token)).toEqual([hostile.name, other.name]);
  expect(list.rows[0]).toMatchObject({
    Owner: owner.username,
    Description: "'=1+1",
    Lifetime: "80 days",
    "Ends at once": "no",
  });
  await expect(dialog.getByRole("radio", { name: "Leave them as they are" })).toBeChecked();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  for (const text of ["30 days", "Default: 90 days", `Changed by ${username} just now`]) {
    await expect(row).toContainText(text);
  }
  await expect(row).toContainText("2 tokens live longer than this maximum.");
  expect((await readToken(owner.program, other.name)).spec.ttl).toBe(70 * DAY_MS);
  const create = async (ttl: number) =>
    (await owner.program.post(TOKENS, { data: { spec: { ttl } } })).status();
  expect([await create(30 * DAY_MS + 1), await create(30 * DAY_MS)]).toEqual([422, 201]);
});

test("what is longer than the maximum is offered to be shortened, and is in the list of that for good", async ({
  asAdmin,
  token,
  latchkey,
}) => {
  const admin = await asAdmin();
  const { page, username, program } = admin;
  const long = await token(admin, { ttlMs: 70 * DAY_MS });
  const short = await token(admin, { ttlMs: 20 * DAY_MS });
  await operate(latchkey, ["setting", MAXIMUM, "43200"]);
  await page.goto("/admin/settings");
  const row = rowOf(page, LONGEST);
  await expect(row).toContainText("Changed by the operator");
  await row.getByRole("button", { name: /^Shorten/ }).click();
  const dialog = page.getByRole("dialog", { name: LONGEST });
  await dialog.getByRole("button", { name: /^Shorten \d+ token/ }).click();
  await expect(dialog).toContainText("shortened to 30 days.");
  const done = await download(page, dialog.getByRole("link", { name: /what was shortened/ }));
  expect(done.name).toMatch(/^auth-token-max-ttl-minutes-shortened-.*Z\.csv$/);
  expect(done.rows.find((listed) => listed.Token === long.name)).toMatchObject({
    "Lifetime before": "70 days",
    "Lifetime after": "30 days",
    "Shortened by": username,
  });
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(row).not.toContainText("longer than this maximum");
  expect((await readToken(program, long.name)).spec.ttl).toBe(30 * DAY_MS);
  expect((await readToken(program, short.name)).spec.ttl).toBe(20 * DAY_MS);
  const again = await download(page, row.getByRole("link", { name: /What was shortened/ }));
  expect(again.rows).toEqual(done.rows);
});

test("saving and shortening go in one step, and no maximum becomes one again", async ({
  asAdmin,
  token,
}) => {
  const admin = await asAdmin();
  const { page } = admin;
  await page.goto("/admin/settings");
  const dialog = await openChange(page, LONGEST);
  await dialog.getByRole("checkbox", { name: /No maximum/ }).check();
  await dialog.getByRole("button", { name: "Review change" }).click();
  await expect(dialog).toContainText("Nothing that exists is touched.");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(rowOf(page, LONGEST)).toContainText("No maximum");
  const eternal = await token(admin, { ttlMs: -1 });

  await page.getByRole("button", { name: `Put ${LONGEST} back to default` }).click();
  await expect(dialog).toContainText("90 days (the default)");
  await dialog.getByRole("radio", { name: /^Shorten/ }).check();
  await expect(dialog).toContainText("It does not end at once.");
  await dialog.getByRole("button", { name: "Save and shorten 1 token" }).click();
  await expect(dialog).toContainText("1 token was shortened to 90 days.");
  await page.keyboard.press("Escape");
  await expect(rowOf(page, LONGEST)).toContainText("This is the default");
  expect((await readToken(admin.program, eternal.name)).spec.ttl).toBe(90 * DAY_MS);
});

test("a bad value is told at its field, and what was typed stays", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  await page.goto("/admin/settings");
  const dialog = await openChange(page, LONGEST);
  const value = dialog.getByRole("textbox", { name: "Value" });
  for (const [typed, message] of [
    ["ninety", "Must be a whole number of minutes from -1 to 525600000."],
    ["999999999", "Must be a whole number of minutes"],
    ["0.00001", "Must be a whole number of minutes"],
    [" ", "Enter a number."],
  ] as const) {
    await review(dialog, typed, "hours");
    await expect(value).toHaveAccessibleDescription(new RegExp(message));
    await expect(value).toHaveValue(typed);
    await expect(value).toBeFocused();
  }
  await page.keyboard.press("Escape");

  const idle = await openChange(page, "Idle limit of a sign-in");
  await review(idle, "17", "hours");
  await expect(idle).toContainText(
    "Must not be above auth-user-session-ttl-minutes, which is 960.",
  );
  await idle.getByRole("button", { name: "Cancel" }).click();

  const local = await openChange(page, "Sign-in with a password");
  await local.getByRole("radio", { name: "Not allowed" }).check();
  await local.getByRole("button", { name: "Review change" }).click();
  await expect(local).toContainText("only when an enabled administrator has signed in through");
  await expect(local.getByRole("radio", { name: "Not allowed" })).toBeChecked();
});

test("of two administrators the later is told who changed it to what, and can save all the same", async ({
  asAdmin,
}) => {
  const [first, second] = [await asAdmin(), await asAdmin()];
  await first.page.goto("/admin/settings");
  await second.page.goto("/admin/settings");
  const dialog = await openChange(second.page, LONGEST);
  await review(dialog, "20");
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeVisible();

  const faster = await openChange(first.page, LONGEST);
  await review(faster, "30");
  await faster.getByRole("button", { name: "Save", exact: true }).click();
  await expect(faster).toBeHidden();

  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const alert = dialog.getByRole("alert");
  await expect(alert).toContainText(`${first.username} made it 30 days`);
  await expect(dialog.getByRole("textbox", { name: "Value" })).toHaveValue("20");
  await dialog.getByRole("button", { name: "Review change" }).click();
  await expect(dialog).toContainText("30 days");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(second.page, LONGEST)).toContainText("20 days");
});

test("a change asks for a proof where the last is old, and then goes on with what was chosen", async ({
  asAdmin,
  latchkey,
}) => {
  const { page, id, password } = await asAdmin();
  await page.goto("/admin/settings");
  await onDatabase(latchkey, (db) => ageSignIns(db, id, 16 * 60_000));
  const dialog = await openChange(page, LONGEST);
  await review(dialog, "45");
  const save = dialog.getByRole("button", { name: "Save", exact: true });
  await save.click();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await proof.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Confirm that it is you first.");
  await save.click();
  await proof.getByRole("textbox", { name: "Your password" }).fill("not it");
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(proof).toContainText("Is not your password.");
  await proof.getByRole("textbox", { name: "Your password" }).fill(password);
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, LONGEST)).toContainText("45 days");
});

test("what the operator sets in another process is in force here within two seconds", async ({
  asUser,
  latchkey,
}) => {
  const { program } = await asUser();
  const create = async () =>
    (await program.post(TOKENS, { data: { spec: { ttl: DAY_MS } } })).status();
  expect(await create()).toBe(201);
  await operate(latchkey, ["setting", MAXIMUM, "60"]);
  await expect.poll(create, { timeout: 2_000, intervals: [50] }).toBe(422);
});

test("to others the page, its lists and its actions do not exist", async ({
  asAdmin,
  asUser,
  newBrowser,
  expectNoise,
}) => {
  expectNoise(/status of 404/);
  const [admin, stranger] = [await asAdmin(), await asUser()];
  const lists = [
    `/admin/settings/${MAXIMUM}/affected?value=60`,
    `/admin/settings/${MAXIMUM}/shortened`,
  ];
  await stranger.page.goto("/admin/settings");
  await expect(stranger.page.getByRole("heading", { level: 1 })).toHaveText(
    "There is nothing here",
  );
  await expect(stranger.page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  for (const list of lists) {
    const answer = await stranger.context.request.get(list);
    expect([list, answer.status()]).toEqual([list, 404]);
    expect(await answer.text()).not.toContain("Token");
    const anonymous = await (await newBrowser()).request.get(list, { maxRedirects: 0 });
    expect([list, anonymous.status()]).toEqual([list, 307]);
    expect((await admin.context.request.get(list)).status()).toBe(200);
  }
  const broken = [
    ["affected?value=soon", 422],
    ["affected", 200],
    ["affected?value=60&value=x", 200],
  ] as const;
  for (const [list, status] of broken) {
    const answer = await admin.context.request.get(`/admin/settings/${MAXIMUM}/${list}`);
    expect([list, answer.status()]).toEqual([list, status]);
  }
  for (const name of ["nothing", "constructor", "%00"]) {
    for (const list of ["affected?value=1", "shortened"]) {
      const answer = await admin.context.request.get(`/admin/settings/${name}/${list}`);
      expect([name, list, answer.status()]).toEqual([name, list, 404]);
    }
  }

  await admin.page.goto("/admin/settings");
  const dialog = await openChange(admin.page, LONGEST);
  const look = await recordAction(admin.page, () => review(dialog, "30"));
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeVisible();
  const save = await recordAction(admin.page, () =>
    dialog.getByRole("button", { name: "Save", exact: true }).click(),
  );
  await expect(dialog).toBeHidden();
  for (const action of [look, save]) {
    const refused = await replay(stranger.context.request, action, SAME_ORIGIN);
    expect(refused.text).toContain("Only an administrator");
  }
});

test("a setting is changed by keyboard alone, and the focus comes back", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  await page.goto("/admin/settings");
  const button = page.getByRole("button", { name: "Change Shortest password" });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Shortest password" });
  await expect(dialog.getByRole("textbox", { name: "Value" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("20");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("20 characters");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Back" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("textbox", { name: "Value" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Back" })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Save" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await expect(rowOf(page, "Shortest password")).toContainText("20 characters");
});

test("while the database is frozen the page says so, and a change keeps what was typed", async ({
  asAdmin,
  latchkey,
  expectNoise,
}) => {
  expectNoise(/status of 503/);
  const { page, context } = await asAdmin();
  await page.goto("/admin/settings");
  const dialog = await openChange(page, LONGEST);
  const wake = await freezeDatabase(latchkey);
  try {
    await review(dialog, "12");
    await expect(dialog.getByRole("alert")).toContainText("The database is not answering");
    await expect(dialog.getByRole("textbox", { name: "Value" })).toHaveValue("12");
    const other = await context.newPage();
    expect((await other.goto("/admin/settings"))?.status()).toBe(503);
    await expect(
      other.getByRole("heading", { name: "The database is not answering" }),
    ).toBeVisible();
  } finally {
    wake();
  }
  await expect(async () => {
    await dialog.getByRole("button", { name: "Review change" }).click();
    await expect(dialog).toContainText("12 days", { timeout: 2_000 });
  }).toPass();
});
