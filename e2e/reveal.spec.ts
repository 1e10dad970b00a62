import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { createToken, finishReveal, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { TOKENS } from "./tokens";
import { listen, remainsIn } from "./traces";

test("a new token cannot be lost by Escape, a click outside or Back before it is said to be stored", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const { reveal, value } = await createToken(page, { description: "guarded" });
  const reminder = reveal.getByRole("alert");
  const stored = reveal.getByRole("checkbox", { name: "I have stored this token" });
  await expect(reveal.getByRole("button", { name: "Done" })).toBeDisabled();

  await page.keyboard.press("Escape");
  await expect(reminder).toContainText("Store the token first");
  await expect(stored).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(reveal).toBeVisible();
  await page.mouse.click(4, 4);
  await expect(reveal).toBeVisible();
  await goBack(page);
  await goBack(page);
  await expect(reveal.getByRole("textbox", { name: "Token", exact: true })).toHaveValue(value);
  await expect(page).toHaveURL("/tokens");
  await expect(reveal.getByRole("button", { name: "Close" })).toHaveCount(0);
});

test("reloading and closing the tab ask first while a new token is not stored", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const { reveal, value } = await createToken(page, { description: "guarded" });
  const shown = reveal.getByRole("textbox", { name: "Token", exact: true });

  for (const leave of [
    () => page.evaluate(() => window.setTimeout(() => window.location.reload())),
    () => page.close({ runBeforeUnload: true }),
  ]) {
    const asked = page.waitForEvent("dialog");
    await leave();
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await expect(shown).toHaveValue(value);
  }

  await reveal.getByRole("checkbox", { name: "I have stored this token" }).check();
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  expect(asked).toEqual([]);
  await expect(reveal).toBeHidden();
});

test("once it is said to be stored, Escape, a click outside and Back all close the reveal", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const ways = [
    () => page.keyboard.press("Escape"),
    () => page.mouse.click(4, 4),
    () => goBack(page),
  ];
  for (const [index, leave] of ways.entries()) {
    const { reveal, name } = await createToken(page, { description: `way ${index}` });
    await reveal.getByRole("checkbox", { name: "I have stored this token" }).check();
    await leave();
    await expect(reveal).toBeHidden();
    await expect(page).toHaveURL("/tokens");
    await expect(rowOf(page, name)).toBeVisible();
  }
});

test("the list is not fetched again while a new token is on the screen", async ({ asUser }) => {
  const { page, context } = await asUser();
  await page.goto("/tokens");
  const exchanges = listen(context);
  const { reveal, name } = await createToken(page, { description: "quiet" });
  await reveal.getByRole("button", { name: "Copy token" }).click();
  await page.keyboard.press("Escape");
  await goBack(page);
  await expect(reveal).toBeVisible();
  expect(exchanges.filter((exchange) => exchange.isPageData)).toEqual([]);
  await expect(rowOf(page, name)).toHaveCount(0);
  await finishReveal(page);
  await expect(rowOf(page, name)).toBeVisible();
});

test("after the reveal the value is nowhere in the browser and in no later answer", async ({
  asUser,
  latchkey,
  program,
}) => {
  const { page, context, username, password } = await asUser();
  await page.goto("/tokens");
  const { value, name, bearer } = await createToken(page, { description: "canary" });
  expect(await remainsIn(page)).toContain(value);
  await finishReveal(page);
  await expect(rowOf(page, name)).toBeVisible();
  const exchanges = listen(context);
  const expectGone = async () => expect(await remainsIn(page)).not.toContain(value);
  await expectGone();

  await page.goForward().catch(() => null);
  await expectGone();
  await rowOf(page, name).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name: "canary" })).toBeVisible();
  await expectGone();
  await page.goBack();
  await expect(rowOf(page, name)).toBeVisible();
  await expectGone();
  await page.reload();
  await expect(rowOf(page, name)).toBeVisible();
  await expectGone();
  const duplicate = await context.newPage();
  await duplicate.goto(page.url());
  expect(await remainsIn(duplicate)).not.toContain(value);

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectGone();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectGone();
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(rowOf(page, name)).toBeVisible();
  await expectGone();

  const bodies = await Promise.all(exchanges.map((exchange) => exchange.body()));
  expect(exchanges.length).toBeGreaterThan(5);
  expect(bodies.filter((body) => body.includes(value))).toEqual([]);
  expect(exchanges.filter(({ url }) => url.includes(value))).toEqual([]);
  const client = await program(bearer);
  for (const path of [TOKENS, `${TOKENS}/${name}`]) {
    expect(await (await client.get(path)).text()).not.toContain(value);
  }
  expect(await readFile(latchkey.logFile, "utf8")).not.toContain(value);
});

test("a page kept for Back and Forward by the browser does not bring the value back", async ({
  playwright,
  launchOptions,
  asUser,
  baseURL,
}) => {
  // Playwright's Chromium keeps no pages for Back unless it is asked to.
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const person = await asUser();
    const options = { storageState: await person.context.storageState(), baseURL: baseURL ?? "" };
    const page = await (await browser.newContext(options)).newPage();
    await page.goto("/tokens");
    const { value, name } = await createToken(page, { description: "kept" });
    await finishReveal(page);
    await expect(rowOf(page, name)).toBeVisible();
    await page.goto("/healthz");
    await page.goBack();
    await expect(rowOf(page, name)).toBeVisible();
    expect(await remainsIn(page)).not.toContain(value);
    await page.goForward();
    await page.goBack();
    expect(await remainsIn(page)).not.toContain(value);
  } finally {
    await browser.close();
  }
});

test("where the browser refuses the clipboard, the token is selected and the reader told so", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    document.execCommand = () => false;
  });
  await page.goto("/tokens");
  const { reveal, value } = await createToken(page, { description: "no clipboard" });
  await reveal.getByRole("button", { name: "Copy token" }).click();
  await expect(reveal.getByRole("status").filter({ hasText: "The browser refused" })).toBeVisible();
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe(value);
});

test("the ready-made commands and the kubeconfig carry the token that was created", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const { reveal, bearer, name } = await createToken(page, { description: "commands" });
  await reveal.getByText("Ready-made commands").click();
  await expect(reveal.getByRole("textbox", { name: "curl" })).toHaveValue(
    `curl -H 'Authorization: Bearer ${bearer}' ${new URL(page.url()).origin}${TOKENS}`,
  );
  const downloading = page.waitForEvent("download");
  await reveal.getByRole("button", { name: "Download kubeconfig" }).click();
  expect((await downloading).suggestedFilename()).toBe(`${name}.kubeconfig`);
});

function goBack(page: Page): Promise<void> {
  return page.evaluate(() => window.history.back());
}
