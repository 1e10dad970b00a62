import type { BrowserContext } from "@playwright/test";
import { choose } from "./console";
import { expect, type Person, test } from "./fixtures";
import { operate } from "./latchkey";
import { signIn, signInProgram } from "./sign-in";
import { markUsed, TOKENS } from "./tokens";

const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
const DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

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

test("signing out loads a new page and tells the browser to forget what it stored", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  await page.evaluate(() => Object.assign(window, { ofThisPage: "still here" }));
  const answered = page.waitForResponse((response) => response.url().endsWith("/sign-out"));
  await page.getByRole("button", { name: "Sign out" }).click();
  const headers = await (await answered).allHeaders();
  expect(headers["clear-site-data"]).toBe('"cache"');
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await page.evaluate(() => "ofThisPage" in window)).toBe(false);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.goBack();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
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

test("people see where they are signed in, in words, and sign out one place or all the others", async ({
  asUser,
  newBrowser,
}) => {
  const person = await asUser();
  const [phone, desk] = [
    await newBrowser({ userAgent: PHONE }),
    await newBrowser({ userAgent: DESK }),
  ];
  for (const browser of [phone, desk]) {
    await signIn(browser, person);
    expect(await isSignedIn(browser)).toBe(true);
  }
  const { page } = person;
  await page.goto("/tokens");
  await page.getByRole("link", { name: "Sign-ins", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Sign-ins" })).toBeVisible();
  await expect(page.getByRole("region", { name: "This browser" })).toContainText("127.0.0.1");
  const elsewhere = page.getByRole("region", { name: "Elsewhere" });
  const row = elsewhere.getByRole("row").filter({ hasText: "Safari 18 on iOS" });
  await expect(row).toContainText("127.0.0.1");
  await expect(
    elsewhere.getByRole("row").filter({ hasText: "Firefox 140 on Linux" }),
  ).toBeVisible();

  await row.getByRole("button", { name: "Sign out Safari 18 on iOS" }).click();
  const dialog = page.getByRole("dialog", { name: "End this sign-in?" });
  await expect(dialog).toContainText("Safari 18 on iOS");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await isSignedIn(phone)).toBe(true);
  await row.getByRole("button", { name: "Sign out Safari 18 on iOS" }).click();
  await dialog.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("Signed out Safari 18 on iOS", { exact: true })).toBeVisible();
  await expect(row).toHaveCount(0);
  expect(await isSignedIn(phone)).toBe(false);
  expect(await isSignedIn(desk)).toBe(true);

  await elsewhere.getByRole("button", { name: "Sign out everywhere else" }).click();
  const all = page.getByRole("dialog", { name: "Sign out everywhere else?" });
  await expect(all).toContainText("programs that signed in with your password");
  await all.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("You are signed in nowhere else.")).toBeVisible();
  expect(await isSignedIn(desk)).toBe(false);
  expect((await person.program.get(TOKENS)).status()).toBe(401);
  expect(await isSignedIn(person.context)).toBe(true);
  await page.getByRole("button", { name: "Sign out this browser" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("an administrator finds anybody's sign-ins and ends them; others do not find that page", async ({
  asUser,
  asAdmin,
  expectNoise,
}) => {
  expectNoise(/status of 404/);
  const [person, admin] = [await asUser(), await asAdmin()];
  expect(await isSignedIn(person.context)).toBe(true);
  const { page } = admin;
  await page.goto("/sessions");
  await page.getByRole("link", { name: "Everybody’s" }).click();
  await page.getByRole("searchbox", { name: "Search owner" }).fill(person.username);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`owner=${person.username}`));
  const rows = page.getByRole("row").filter({ hasText: person.username });
  await expect(rows).toHaveCount(2);
  const browser = rows.filter({ hasText: "Chrom" });
  await browser.getByRole("button", { name: /^Sign out/ }).click();
  const dialog = page.getByRole("dialog", { name: "End this sign-in?" });
  await expect(dialog).toContainText(person.username);
  await dialog.getByRole("button", { name: "Sign out" }).click();
  await expect(rows).toHaveCount(1);
  expect(await isSignedIn(person.context)).toBe(false);

  await page.goto(`/sessions?scope=all&owner=${admin.username}`);
  await expect(page.getByRole("row").filter({ hasText: "This browser" })).toHaveCount(1);
  await page.goto("/sessions?scope=all&owner=nobody-has-this-name");
  await expect(page.getByText("Nobody whose name begins with")).toBeVisible();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  await signIn(person.context, person);
  const answer = await person.page.goto("/sessions?scope=all");
  expect(answer?.status()).toBe(404);
});

test("everybody's sign-ins come page by page, and a cursor that is none gives the first", async ({
  asAdmin,
  latchkey,
}) => {
  const admin = await asAdmin();
  for (let made = 0; made < 26; made += 1) await signInProgram(latchkey, admin);
  const { page } = admin;
  await page.goto(`/sessions?scope=all&owner=${admin.username}`);
  await expect(page.getByRole("row")).toHaveCount(26);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByRole("row")).toHaveCount(4);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByRole("row")).toHaveCount(26);
  await page.goto("/sessions?scope=all&after=nonsense");
  await expect(page.getByRole("row")).toHaveCount(26);
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
