import type { Page } from "@playwright/test";
import { createToken } from "./console";
import { expect, test } from "./fixtures";
import { addUser } from "./people";

const WRONG = "not the right password";

async function fillIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

for (const javaScriptEnabled of [true, false]) {
  const circumstance = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`the form signs in and leads back to the page that was asked for, ${circumstance}`, async ({
    newBrowser,
    latchkey,
  }) => {
    const { username, password } = await addUser(latchkey);
    const page = await (await newBrowser({ javaScriptEnabled })).newPage();
    await page.goto("/tokens?kind=session&sort=name");
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    await fillIn(page, username.toUpperCase(), password);
    await expect(page).toHaveURL("/tokens?kind=session&sort=name");
    await expect(page.getByText("this browser")).toBeVisible();
    await page.goto("/sign-in");
    await expect(page).toHaveURL("/tokens");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");
  });

  test(`a wrong password keeps the user name and says so, as for an unknown user, ${circumstance}`, async ({
    newBrowser,
    latchkey,
  }) => {
    const { username } = await addUser(latchkey);
    const page = await (await newBrowser({ javaScriptEnabled })).newPage();
    const messages: (string | null)[] = [];
    for (const name of [username, `nobody-${username}`]) {
      await page.goto("/sign-in");
      await fillIn(page, name, WRONG);
      const alert = page.getByRole("main").getByRole("alert");
      await expect(alert).toContainText("Wrong user name or password");
      await expect(page.getByRole("textbox", { name: "Username" })).toHaveValue(name);
      await expect(page.getByRole("textbox", { name: "Password" })).toHaveValue("");
      expect(await page.content()).not.toContain(WRONG);
      messages.push(await alert.textContent());
    }
    expect(messages[0]).toBe(messages[1]);
  });
}

test("an empty form names both fields and sends the focus to the first", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Must be filled in.")).toHaveCount(2);
  await expect(page.getByRole("textbox", { name: "Username" })).toBeFocused();
});

test("after five wrong passwords the form answers with the time to wait, also to the right one, and a live session stays", async ({
  asUser,
  page,
}) => {
  const victim = await asUser();
  await page.goto("/sign-in");
  const alert = page.getByRole("main").getByRole("alert");
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await fillIn(page, victim.username, `${WRONG} ${attempt}`);
    await expect(alert).toContainText("Wrong user name or password");
    await page.reload();
  }
  await fillIn(page, victim.username, victim.password);
  await expect(alert).toContainText(/Too many attempts to sign in. Try again in 1[45] minutes/);
  await victim.page.goto("/tokens");
  await createToken(victim.page, { description: "still here" });
});

const HOSTILE_TARGETS = [
  ...["//evil.test", "/\\evil.test", "\\\\evil.test", "https://evil.test/", "javascript:alert(1)"],
  ...[
    "http://localhost:3000.evil.test/",
    "/%0d%0aLocation:%20https://evil.test",
    "/\r\nSet-Cookie: a=b",
  ],
  ...[
    "/tokens\u0000",
    "/..//evil.test",
    "/\t/evil.test",
    "data:text/html,x",
    "//[",
    "https://host:99999",
  ],
  ...["/@evil.test", "///evil.test", "/./\\evil.test", ` //evil.test`, `/${"x".repeat(10_240)}`],
];

test("wherever a callback address points, signing in ends on this site and never fails", async ({
  newBrowser,
  latchkey,
}) => {
  const { username, password } = await addUser(latchkey);
  for (const target of HOSTILE_TARGETS) {
    const { request } = await newBrowser();
    const query = new URLSearchParams({ callbackUrl: target });
    const form = await request.get(`/sign-in?${query}`);
    expect([target, form.status()]).toEqual([target, 200]);
    const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
    const answer = await request.post("/api/auth/callback/credentials", {
      form: { csrfToken, username, password, callbackUrl: target },
      maxRedirects: 0,
    });
    expect([target, answer.status()]).toEqual([target, 302]);
    const leadsTo = new URL(answer.headers().location ?? "", latchkey.url);
    expect([target, leadsTo.origin]).toEqual([target, latchkey.url]);
    const signedIn = await request.get(`/sign-in?${query}`, { maxRedirects: 0 });
    expect(signedIn.status()).toBe(307);
    const onwards = new URL(signedIn.headers().location ?? "", latchkey.url);
    expect([target, onwards.origin]).toEqual([target, latchkey.url]);
    expect(onwards.href).not.toContain("evil.test/");
  }
});

test("the form itself leads nowhere else either", async ({ newBrowser, latchkey }) => {
  const { username, password } = await addUser(latchkey);
  for (const target of [
    "//evil.test",
    "/\\evil.test",
    "https://evil.test",
    "javascript:alert(1)",
  ]) {
    const page = await (await newBrowser()).newPage();
    await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl: target })}`);
    await fillIn(page, username, password);
    await expect(page).toHaveURL("/tokens");
  }
});
