import { expect, type Locator, type Page } from "@playwright/test";

/** The table's row of a token. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole("main").getByRole("row").filter({ hasText: name });
}

export type MenuItem =
  | "Edit"
  | "Disable"
  | "Enable"
  | "Delete"
  | "Reset password"
  | "End all sign-ins";

/** Chooses an item of a row's menu. */
export async function choose(page: Page, name: string, item: MenuItem): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menu").getByRole("menuitem", { name: item, exact: true }).click();
}

/** Opens the create dialog, fills it in and submits it; the reveal is open afterwards. */
export async function createToken(
  page: Page,
  { description, expires = "2 hours" }: { description: string; expires?: string },
) {
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create token" });
  await dialog.getByRole("textbox", { name: "Description" }).fill(description);
  await dialog.getByRole("radio", { name: expires, exact: true }).check();
  await dialog.getByRole("button", { name: "Create token" }).click();
  return readReveal(page);
}

/** What the open reveal dialog shows. */
export async function readReveal(page: Page) {
  const reveal = page.getByRole("dialog", { name: "Copy your token now" });
  await expect(reveal).toBeVisible();
  const value = await reveal.getByRole("textbox", { name: "Token", exact: true }).inputValue();
  const bearer = await reveal.getByRole("textbox", { name: "Bearer token" }).inputValue();
  const name = /^ext\/(token-\w{10}):/.exec(bearer)?.[1] ?? "";
  return { reveal, value, bearer, name };
}

/** Ticks the box and closes the reveal. */
export async function finishReveal(page: Page): Promise<void> {
  const reveal = page.getByRole("dialog", { name: "Copy your token now" });
  await reveal.getByRole("checkbox", { name: "I have stored this token" }).check();
  await reveal.getByRole("button", { name: "Done" }).click();
  await expect(reveal).toBeHidden();
}
