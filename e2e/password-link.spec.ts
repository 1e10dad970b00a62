import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures";
import { listen, remainsIn } from "./traces";
import { createByLink, freshName, setPassword, takeLink } from "./user-pages";

const PASSWORD = "the river runs at noon";

test("a new user sets a password by a one-time link and signs in; the link then is used up", async ({
  asAdmin,
  newBrowser,
}) => {
  const { page } = await asAdmin();
  const username = freshName();
  await page.goto("/admin/users");
  const link = await createByLink(page, username);
  const browser = await newBrowser();
  const visitor = await browser.newPage();
  await visitor.goto(link);
  const password = visitor.getByRole("textbox", { name: "New password" });
  await password.fill("too short");
  await visitor.getByRole("button", { name: "Set password" }).click();
  await expect(visitor.getByText("Must have at least 15 characters.")).toBeVisible();
  await expect(password).toBeFocused();
  await password.fill(PASSWORD);
  await visitor.getByRole("button", { name: "Show the password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await visitor.getByRole("button", { name: "Set password" }).click();
  await expect(visitor.getByRole("heading", { name: "Your password is set" })).toBeVisible();
  await expect(visitor.getByRole("status")).toContainText(username);
  await visitor.getByRole("link", { name: "Go to sign-in" }).click();
  await visitor.getByRole("textbox", { name: "Username" }).fill(username);
  await visitor.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await visitor.getByRole("button", { name: "Sign in" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();

  const late = await (await newBrowser()).newPage();
  await setPassword(late, link, PASSWORD);
  const refusal = late.getByRole("alert").filter({ hasText: "Ask an administrator" });
  const used = await refusal.textContent();
  await late.goto("/sign-in");
  await setPassword(late, `/set-password#${"x".repeat(43)}`, PASSWORD);
  await expect(refusal).toHaveText(used ?? "");
});

test("the secret of a link is taken out of the address at once and stays nowhere", async ({
  asAdmin,
  newBrowser,
  latchkey,
}) => {
  const admin = await asAdmin();
  await admin.page.goto("/admin/users");
  const link = await createByLink(admin.page, freshName());
  const secret = new URL(link).hash.slice(1);
  expect(secret).toHaveLength(43);
  expect(await remainsIn(admin.page)).not.toContain(secret);
  await admin.page.reload();
  expect(await remainsIn(admin.page)).not.toContain(secret);

  const browser = await newBrowser();
  const exchanges = listen(browser);
  const page = await browser.newPage();
  await page.goto(link);
  await expect(page.getByRole("textbox", { name: "New password" })).toBeFocused();
  expect(page.url()).not.toContain("#");
  await page.getByRole("textbox", { name: "New password" }).fill("too short");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Must have at least 15 characters.")).toBeVisible();
  expect(page.url()).not.toContain("#");
  // What the browser itself timed keeps the address that was opened, until the page is left.
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain(secret);
  await page.getByRole("textbox", { name: "New password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Go to sign-in" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await remainsIn(page)).not.toContain(secret);
  await page.goBack();
  await expect(page.getByText("There is no link in the address any more.")).toBeVisible();
  expect(await remainsIn(page)).not.toContain(secret);

  const bodies = await Promise.all(exchanges.map((exchange) => exchange.body()));
  expect(bodies.filter((body) => body.includes(secret))).toEqual([]);
  expect(exchanges.filter(({ url }) => url.includes(secret))).toEqual([]);
  const log = await readFile(latchkey.logFile, "utf8");
  expect([log.includes(secret), log.includes(PASSWORD)]).toEqual([false, false]);
});

test("a second link that is opened in the same tab is taken, too, and a reload forgets it", async ({
  page,
}) => {
  await page.goto("/set-password#first");
  await expect(page.getByRole("textbox", { name: "New password" })).toBeVisible();
  await page.goto("/set-password#second");
  await expect(page).toHaveURL("/set-password");
  await expect(page.getByRole("textbox", { name: "New password" })).toBeVisible();
  await page.reload();
  await expect(page.getByText("There is no link in the address any more.")).toBeVisible();
});

test("the page of a link is not stored, not indexed, and without scripts says that it needs them", async ({
  newBrowser,
}) => {
  const browser = await newBrowser({ javaScriptEnabled: false });
  const answer = await browser.request.get("/set-password");
  expect(answer.headers()["cache-control"]).toContain("no-store");
  expect(answer.headers()["content-security-policy"]).toContain("default-src 'none'");
  expect(await answer.text()).toContain('<meta name="robots" content="noindex, nofollow"/>');
  const page = await browser.newPage();
  await page.goto("/set-password#secret");
  await expect(page.getByText("This page needs scripts")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
});

test("a link resets the password of somebody who is there, whose sign-ins end when it is used", async ({
  asAdmin,
  asUser,
}) => {
  const [admin, person] = [await asAdmin(), await asUser()];
  const { page } = admin;
  await page.goto(`/admin/users/${person.id}`);
  await page.getByRole("button", { name: "Reset password" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
  await expect(page.getByText("Their present password works until")).toBeVisible();
  const link = await takeLink(page);
  await person.page.goto("/tokens");
  await setPassword(person.page, link, PASSWORD);
  await expect(person.page.getByRole("heading", { name: "Your password is set" })).toBeVisible();
  await person.page.goto("/tokens");
  await expect(person.page).toHaveURL(/\/sign-in/);
  await expect(page.getByText(`made a password link for ${person.username}`)).toBeVisible();
});

test("in a browser that is signed in as another, the link leads out of that sign-in first", async ({
  asAdmin,
}) => {
  const { page, username: own } = await asAdmin();
  await page.goto("/admin/users");
  const link = await createByLink(page, freshName());
  await setPassword(page, link, PASSWORD);
  await expect(page.getByText(`This browser is signed in as ${own}`)).toBeVisible();
  await page.getByRole("button", { name: "Sign out and go to sign-in" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});
