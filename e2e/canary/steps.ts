import { expect, type Page } from "@playwright/test";
import { ask, bearing } from "./requests";

export async function fillSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function mintByProgram(url: string, session: string): Promise<string> {
  const body = JSON.stringify({ spec: { description: "by a program" } });
  const headers = [...bearing(session), "Content-Type", "application/json"];
  const { text } = await ask(`${url}/apis/ext.cattle.io/v1/tokens`, {
    method: "POST",
    headers,
    body,
  });
  return JSON.parse(text).status.value;
}

export async function findByValue(page: Page, bearer: string): Promise<void> {
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Find by value" }).click();
  const dialog = page.getByRole("dialog", { name: "Find a token by its value" });
  await dialog.getByLabel("Bearer token or value").fill(bearer);
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("This is its present value.");
}

export async function saveView(page: Page, name: string): Promise<void> {
  await page.goto(`/tokens?q=${name}`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Mine");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "View: Mine" })).toBeVisible();
}

export async function readPages(
  page: Page,
  adminPage: Page,
  name: string,
  look: (moment: string) => Promise<void>,
): Promise<void> {
  const exports = ["/tokens/export", "/tokens/export?format=csv"];
  for (const path of [`/tokens/${name}`, "/sessions", "/account", "/bulk"]) {
    await page.goto(path);
    await look(path);
  }
  for (const path of exports) await page.context().request.get(path);
  for (const path of ["/admin/tokens", "/admin/audit", "/admin/users", "/admin/settings"]) {
    await adminPage.goto(path);
    await look(path);
  }
  for (const path of ["/admin/tokens/export", "/admin/audit/export"]) {
    await adminPage.context().request.get(path);
  }
}

export async function changePassword(page: Page, present: string, changed: string): Promise<void> {
  await page.goto("/account");
  await page.getByLabel("Current password").fill(present);
  await page.getByLabel("New password").fill(changed);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("You are signed out everywhere else.")).toBeVisible();
}

export async function disableInBulk(page: Page, name: string): Promise<void> {
  await page.goto("/tokens");
  await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  const bar = page.getByRole("region", { name: "Selected tokens" });
  await bar.getByRole("button", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("it was shown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("status")).toContainText(
    "1 token disabled",
  );
}

// Where a page could keep something for later, nothing was ever put.
export async function expectNoStores(page: Page): Promise<void> {
  const stores = await page.evaluate(async () => [
    await window.caches.keys(),
    await indexedDB.databases(),
    await navigator.serviceWorker.getRegistrations(),
  ]);
  expect(stores).toEqual([[], [], []]);
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => name.includes("session-token"))).toEqual([]);
}
