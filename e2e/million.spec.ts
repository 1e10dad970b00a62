import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { startEmbeddedDatabase } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { fillInventoryAt } from "@/db/testing/inventory-data";
import { countUnusedOfDisabled } from "@/db/testing/unused-tokens";
import { disconnect, onDatabase } from "./database";
import { test as base, expect } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { addUser } from "./people";
import { signIn } from "./sign-in";

const SIZE = { users: 100_000, tokens: 1_000_000, events: 500_000 };
const WAIT = { timeout: 120_000 };

// Filled once, for all of them.
base.describe.configure({ mode: "default" });

const test = base.extend<object, { full: Latchkey }>({
  full: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-million-"));
      const { url, stop } = await startEmbeddedDatabase({ dataDir });
      await migrateDatabase(url);
      await fillInventoryAt(url, SIZE);
      await stop();
      const latchkey = await startLatchkey({ dataDir });
      await use(latchkey);
      await disconnect();
      await removeLatchkey(latchkey);
    },
    { scope: "worker", timeout: 600_000 },
  ],
});

async function download(page: Page, click: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download", WAIT), click()]);
  return readFile(await file.path(), "utf8");
}

test("among a million tokens, the unused ones of disabled people are found, kept as a view, exported, disabled with a reason, and read in the trail", async ({
  newBrowser,
  full,
}) => {
  test.setTimeout(600_000);
  const before = await onDatabase(full, countUnusedOfDisabled);
  expect(before).toBeGreaterThan(500);
  const context = await newBrowser({ baseURL: full.url });
  await signIn(context, await addUser(full, "admin"));
  const page = await context.newPage();

  await page.goto("/admin/tokens");
  await expect(page.getByRole("region", { name: "Findings" })).toContainText("disabled");
  const box = page.getByRole("searchbox", { name: "Search tokens" });
  await box.fill("used:never owner-state:disabled state:live");
  await box.press("Enter");
  await expect(page).toHaveURL(/owner-state=disabled/);
  await expect(page.getByRole("main").getByRole("row")).toHaveCount(26);

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  const saving = page.getByRole("dialog", { name: "Save this view" });
  await saving.getByRole("textbox", { name: "Name" }).fill("Unused, of disabled people");
  await saving.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("button", { name: "View: Unused" })).toBeVisible();
  const view = page.url();

  await page.getByText("Export", { exact: true }).click();
  const tokens = rowsOf(
    await download(page, () => page.getByRole("link", { name: "CSV" }).click()),
  );
  const [, header = [], ...exported] = tokens;
  const column = (name: string) => exported.map((row) => row[header.indexOf(name)]);
  expect(Math.abs(exported.length - before)).toBeLessThan(5);
  expect(new Set(column("ownerState"))).toEqual(new Set(["disabled"]));
  expect(new Set(column("lastUsedAt"))).toEqual(new Set([""]));

  await page.getByRole("checkbox", { name: "Select this page" }).check();
  const bar = page.getByRole("region", { name: "Selected tokens" });
  await bar.getByRole("button", { name: "Select everything that matches" }).click();
  await bar.getByRole("button", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Disable these tokens?" });
  await expect(dialog).toContainText(`${before.toLocaleString("en")} tokens will be refused`);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("their owners have left");
  await dialog.getByRole("button", { name: /^Disable [\d,]+ tokens$/ }).click();
  const progress = page.getByRole("region", { name: "Progress" }).getByRole("status");
  await expect(progress).toHaveText(/^[\d,]+ tokens disabled, 0 skipped\.$/, WAIT);
  const disabled = Number(
    /^[\d,]+/.exec((await progress.textContent()) ?? "")?.[0].replace(",", ""),
  );
  expect(Math.abs(disabled - before)).toBeLessThan(5);
  expect(await onDatabase(full, countUnusedOfDisabled)).toBe(0);

  await page.getByRole("link", { name: "Show its events" }).click();
  const events = page.getByRole("region", { name: "Events" }).getByRole("row");
  await expect(events.nth(1)).toContainText("changed a token");
  const [, , ...trail] = rowsOf(
    await download(page, () => page.getByRole("link", { name: "Export CSV" }).click()),
  );
  const changes = trail.filter((row) => row.includes("token.update"));
  expect(changes).toHaveLength(disabled);
  expect(new Set(changes.flat())).toContain("their owners have left");
  await events.nth(1).getByRole("link", { name: "changed a token" }).click();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("their owners have left");

  await page.goto(view);
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("a million tokens are paged, sorted and counted without one page that waits", async ({
  newBrowser,
  full,
}) => {
  test.setTimeout(300_000);
  const context = await newBrowser({ baseURL: full.url });
  await signIn(context, await addUser(full, "admin"));
  const page = await context.newPage();
  for (const sort of ["name", "owner", "description", "kind", "state", "risk", "expires"]) {
    await page.goto(`/admin/tokens?sort=${sort}`);
    await expect(page.getByRole("main").getByRole("row")).toHaveCount(26);
    const first = await page.getByRole("main").getByRole("row").nth(1).textContent();
    await page.getByRole("link", { name: "Next" }).click();
    await expect(page).toHaveURL(/after=/);
    await expect(page.getByRole("main").getByRole("row").nth(1)).not.toHaveText(first ?? "");
    await expect(page.getByRole("main").getByRole("row")).toHaveCount(26);
  }
  await page.goto("/admin/tokens");
  await expect(page.getByRole("main")).toContainText("10,000+ tokens");
  await page.getByRole("button", { name: "Expiries" }).click();
  await expect(page.getByRole("region", { name: "Timeline of expiries" })).toContainText(/\d/);
});

function rowsOf(csv: string): string[][] {
  return parse(csv, { bom: true, record_delimiter: "\r\n", relax_column_count: true });
}
