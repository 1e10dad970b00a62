import type { BrowserContext } from "@playwright/test";
import { choose } from "./console";
import { expect, type Person, test } from "./fixtures";
import { operate } from "./latchkey";
import { signIn } from "./sign-in";
import { markUsed, TOKENS } from "./tokens";

test("signing out ends a copied cookie at its next request", async ({ asUser, newBrowser }) => {
  const person = await asUser();
  const copy = await copyOf(person, newBrowser);
  expect(await isSignedIn(copy)).toBe(true);
  await person.page.goto("/tokens");
  await person.page.getByRole("button", { name: "Sign out" }).click();
  await expect(person.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await isSignedIn(copy)).toBe(false);
  const page = await copy.newPage();
  await page.goto("/tokens");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Ftokens$/);
});

test("deleting a sign-in from another browser ends it there, copies included", async ({
  asUser,
  latchkey,
  newBrowser,
}) => {
  const person = await asUser();
  const copy = await copyOf(person, newBrowser);
  const other = await newBrowser();
  await signIn(other, person);
  const page = await other.newPage();
  await person.page.goto("/tokens?kind=session");
  const own = person.page.getByRole("row").filter({ hasText: "this browser" });
  const name = (await own.getByRole("link").first().textContent()) ?? "";
  await markUsed(latchkey, name, 60_000);

  await page.goto("/tokens?kind=session");
  await choose(page, name, "Delete");
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleted")).toBeVisible();
  expect(await isSignedIn(copy)).toBe(false);
  expect(await isSignedIn(person.context)).toBe(false);
  expect(await isSignedIn(other)).toBe(true);

  await person.page.getByRole("button", { name: `Actions for ${name}` }).click();
  await person.page.getByRole("menuitem", { name: "Disable" }).click();
  await person.page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(person.page.getByText("Your sign-in has ended")).toBeVisible();
});

test("a disabled user is signed out everywhere, and in again once enabled", async ({
  asUser,
  token,
  program,
  latchkey,
}) => {
  const person = await asUser();
  const client = await program((await token(person)).bearer);
  await operate(latchkey, ["user", "disable", person.username]);
  expect(await isSignedIn(person.context)).toBe(false);
  expect((await client.get(TOKENS)).status()).toBe(401);
  await operate(latchkey, ["user", "enable", person.username]);
  expect(await isSignedIn(person.context)).toBe(false);
  expect((await client.get(TOKENS)).status()).toBe(200);
});

test("a changed password ends every sign-in", async ({ asUser, latchkey }) => {
  const person = await asUser();
  await operate(latchkey, ["user", "password", person.username]);
  expect(await isSignedIn(person.context)).toBe(false);
});

test("each sign-in is a new session; a cookie from before it is none", async ({
  newBrowser,
  asUser,
}) => {
  const person = await asUser();
  const browser = await newBrowser();
  await browser.request.get("/api/auth/csrf");
  const before = await browser.cookies();
  await signIn(browser, person);
  const after = await browser.cookies();
  const session = after.find(({ name }) => name.endsWith("session-token"));
  expect(before.map(({ name }) => name)).not.toContain(session?.name);
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(session?.value.length).toBeLessThan(4_096);
  const [first] = (await person.context.cookies()).filter(({ name }) => name === session?.name);
  expect(first?.value).not.toBe(session?.value);
});

async function copyOf(
  person: Person,
  newBrowser: () => Promise<BrowserContext>,
): Promise<BrowserContext> {
  const copy = await newBrowser();
  await copy.addCookies(await person.context.cookies());
  return copy;
}

async function isSignedIn(browser: BrowserContext): Promise<boolean> {
  const answer = await browser.request.get("/tokens", { maxRedirects: 0 });
  if (answer.status() === 200) return true;
  expect(answer.status()).toBe(307);
  expect(answer.headers().location).toContain("/sign-in");
  return false;
}
