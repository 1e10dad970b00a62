import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { ageSignIns } from "@/db/testing/sign-ins";
import { onDatabase } from "./database";
import { expect, test } from "./fixtures";
import { markUsed, patchToken, readToken } from "./tokens";

const select = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}` });
const bar = (page: Page) => page.getByRole("region", { name: "Selected tokens" });

async function open(page: Page, action: string) {
  await bar(page).getByRole("button", { name: action, exact: true }).click();
  return page.getByRole("dialog");
}

test("an administrator selects by keyboard, sees what would break, says why and reads what came of it", async ({
  asAdmin,
  asUser,
  token,
  latchkey,
}) => {
  const [admin, owner] = [await asAdmin(), await asUser()];
  const first = await token(owner, { description: "first" });
  const second = await token(owner, { description: "in use" });
  const third = await token(owner, { description: "third" });
  await markUsed(latchkey, second.name, 60_000);
  const { page } = admin;
  await page.goto(`/admin/tokens?owner=${owner.username}`);
  await expect(select(page, first.name)).toBeVisible();
  for (const key of ["j", "x", "j", "j", "Shift+X"]) await page.keyboard.press(key);
  await expect(bar(page).getByRole("status")).toHaveText("3 tokens selected");
  await page.keyboard.press("b");
  for (const name of ["Select everything that matches", "Disable"]) {
    const button = bar(page).getByRole("button", { name, exact: true });
    await expect(button).toBeFocused();
    if (name !== "Disable") await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Disable these tokens?" });
  await expect(dialog).toContainText("3 tokens will be refused from then on");
  await expect(dialog).toContainText("In use, within the last 24 hours: 1.");
  await expect(dialog.getByRole("list", { name: "In use or an administrator’s" })).toContainText(
    second.name,
  );
  const reason = dialog.getByRole("textbox", { name: "Reason" });
  await expect(reason).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(reason).toHaveAccessibleDescription("Say why, for those it touches.");
  await page.keyboard.type("they leaked");

  // Between the look and the start somebody needs one of them.
  await patchToken(owner.program, third.name, { description: "needed" });
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/bulk\/[\da-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "Disable tokens", level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("status")).toHaveText(
    "2 tokens disabled, 1 skipped.",
  );
  const skipped = page.getByRole("list", { name: "Skipped tokens" });
  await expect(skipped).toContainText(third.name);
  await expect(skipped).toContainText(`It was changed meanwhile by ${owner.username}.`);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  for (const [{ name }, enabled] of [
    [first, false],
    [second, false],
    [third, true],
  ] as const) {
    expect((await readToken(owner.program, name)).spec.enabled).toBe(enabled);
  }

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the result" }).click(),
  ]);
  const rows: Record<string, string>[] = parse(await readFile(await file.path(), "utf8"), {
    bom: true,
    columns: true,
  });
  expect(rows.map((row) => [row.Token, row.Owner, row.Outcome])).toEqual([
    [first.name, owner.username, "changed"],
    [second.name, owner.username, "changed"],
    [third.name, owner.username, "skipped"],
  ]);

  await page.getByRole("link", { name: "Show its events" }).click();
  const events = page.getByRole("region", { name: "Events" }).getByRole("row");
  await expect(events).toHaveCount(3);
  await events.nth(1).getByRole("link", { name: "changed a token" }).click();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("they leaked");
});

test("everything that matches is deleted once its number is typed, also what no page has shown", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [{ page }, owner] = [await asAdmin(), await asUser()];
  for (let at = 0; at < 27; at += 1) await token(owner, { kind: "old" });
  const kept = await token(owner, { kind: "new" });
  await page.goto(`/admin/tokens?owner=${owner.username}&kind=old`);
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await expect(bar(page).getByRole("status")).toHaveText("25 tokens selected");
  await bar(page).getByRole("button", { name: "Select everything that matches" }).click();
  const dialog = await open(page, "Delete");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("nobody needs them");
  const button = dialog.getByRole("button", { name: "Delete 27 tokens" });
  await expect(button).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Type 27 to confirm" }).fill("27");
  await button.click();
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("status")).toHaveText(
    "27 tokens deleted, 0 skipped.",
  );
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("kind:old");
  expect((await readToken(owner.program, kept.name)).spec.enabled).toBe(true);

  await page.getByRole("link", { name: "Bulk actions" }).click();
  const list = page.getByRole("region", { name: "Bulk actions" });
  // Other journeys start some too.
  const own = list.getByRole("listitem").filter({ hasText: "nobody needs them" });
  await expect(own.filter({ hasText: "27 tokens deleted" })).toBeVisible();
});

test("a user shortens their own after a fresh look, and nobody else finds that page", async ({
  asUser,
  token,
  expectNoise,
}) => {
  expectNoise(/status of 404/);
  const [owner, stranger] = [await asUser(), await asUser()];
  const { name } = await token(owner);
  const { page } = owner;
  await page.goto("/tokens");
  await select(page, name).check();
  const dialog = await open(page, "Change expiry…");
  await expect(dialog).toContainText("Only an administrator can extend tokens.");
  await dialog.getByRole("radio", { name: "7 days" }).check();
  await dialog.getByRole("button", { name: "Review change" }).click();
  await expect(dialog).toContainText("1 token will end at");
  await dialog.getByRole("button", { name: "Shorten 1 token" }).click();
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("status")).toHaveText(
    "1 token shortened, 0 skipped.",
  );
  const { status } = await readToken(owner.program, name);
  const days = (Date.parse(status.expiresAt) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(7);
  await expect(page.getByRole("link", { name: "Show its events" })).toHaveCount(0);
  await stranger.page.goto(page.url());
  await expect(stranger.page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
});

test("a deletion asks for a proof where the last is old, and goes on with what was said", async ({
  asUser,
  token,
  latchkey,
}) => {
  const owner = await asUser();
  const { name } = await token(owner);
  const { page } = owner;
  await page.goto("/tokens");
  await select(page, name).check();
  await onDatabase(latchkey, (db) => ageSignIns(db, owner.id, 16 * 60_000));
  const dialog = await open(page, "Delete");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("not needed");
  await dialog.getByRole("button", { name: "Delete 1 token" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await proof.getByRole("textbox", { name: "Your password" }).fill(owner.password);
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("status")).toHaveText(
    "1 token deleted, 0 skipped.",
  );
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("not needed");
});
