import type { BrowserContext, Page } from "@playwright/test";
import { test as base, expect } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { type IdentityProvider, type ProviderAccount, startProvider } from "./provider";
import { signIn } from "./sign-in";

interface Installation {
  latchkey: Latchkey;
  provider: IdentityProvider;
}

// One Latchkey with a provider for all of them; each test has people of its own.
const test = base.extend<{ visitor: () => Promise<BrowserContext> }, { place: Installation }>({
  place: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const provider = await startProvider();
      const latchkey = await startLatchkey({
        environment: {
          ...provider.environment,
          ADMIN_USERNAME: ADMINISTRATOR.username,
          ADMIN_PASSWORD: ADMINISTRATOR.password,
        },
      });
      provider.serve(latchkey.url);
      await use({ latchkey, provider });
      await provider.stop();
      await removeLatchkey(latchkey);
    },
    { scope: "worker", timeout: 90_000 },
  ],
  visitor: ({ place, newBrowser }, use) => use(() => newBrowser({ baseURL: place.latchkey.url })),
});

let people = 0;

function aPerson(place: Installation, more: Partial<ProviderAccount> = {}): ProviderAccount {
  people += 1;
  const sub = `subject-${process.pid}-${people}`;
  const account = { sub, name: `Person ${people}`, preferred_username: `${sub}-name`, ...more };
  place.provider.accounts.set(sub, account);
  return account;
}

async function passProvider(page: Page, { sub }: ProviderAccount): Promise<void> {
  await page.getByRole("textbox", { name: "Login" }).fill(sub);
  await page.getByRole("button", { name: "Continue" }).click();
}

async function signInAtProvider(page: Page, account: ProviderAccount, path = "/tokens") {
  await page.goto(path);
  await page.getByRole("button", { name: "Sign in with Example ID" }).click();
  await passProvider(page, account);
  await page.waitForURL((url) => url.hostname === "localhost");
}

test("the first sign-in at the provider makes a user who gets back to the page that was asked for", async ({
  place,
  visitor,
}) => {
  const account = aPerson(place);
  const page = await (await visitor()).newPage();
  await signInAtProvider(page, account, "/tokens?sort=name");
  await expect(page).toHaveURL(/\/tokens\?sort=name$/);
  await expect(page.getByRole("heading", { name: "Tokens", exact: true })).toBeVisible();
  await expect(page.getByTitle(`Sign out ${account.preferred_username}`)).toBeVisible();
  await page.getByRole("button", { name: /Sign out/ }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/tokens");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a group makes an administrator and leaving it takes that away at the next sign-in", async ({
  place,
  visitor,
}) => {
  const account = aPerson(place, { groups: ["latchkey-admins"] });
  const first = await (await visitor()).newPage();
  await signInAtProvider(first, account);
  await expect(first.getByRole("link", { name: "All tokens" })).toBeVisible();
  place.provider.accounts.set(account.sub, { ...account, groups: [] });
  const second = await (await visitor()).newPage();
  await signInAtProvider(second, account);
  await expect(second.getByTitle(`Sign out ${account.preferred_username}`)).toBeVisible();
  await expect(second.getByRole("link", { name: "All tokens" })).toBeHidden();
  await first.reload();
  await expect(first.getByRole("link", { name: "All tokens" })).toBeHidden();
});

test("names and addresses of a local account give nothing at it", async ({ place, visitor }) => {
  const account = aPerson(place, {
    preferred_username: ADMINISTRATOR.username,
    email: `${ADMINISTRATOR.username}@example.com`,
  });
  const page = await (await visitor()).newPage();
  await signInAtProvider(page, account);
  await expect(page.getByRole("link", { name: "All tokens" })).toBeHidden();
  await expect(
    page.getByTitle(new RegExp(`^Sign out ${ADMINISTRATOR.username}-.{5}$`)),
  ).toBeVisible();
});

test("a signed-in person links an identity, and signs in with it to the same account", async ({
  place,
  visitor,
}) => {
  const account = aPerson(place);
  const context = await visitor();
  await signIn(context, ADMINISTRATOR);
  const page = await context.newPage();
  await page.goto("/account");
  await page.getByRole("button", { name: "Link Example ID" }).click();
  await passProvider(page, account);
  await page.waitForURL(/\/account/);
  await expect(page.getByText(account.preferred_username ?? "")).toBeVisible();
  const other = await (await visitor()).newPage();
  await signInAtProvider(other, account);
  await expect(
    other.getByTitle(`Sign out ${ADMINISTRATOR.username}`, { exact: true }),
  ).toBeVisible();
});

test("without the provider the answer comes within five seconds, and a password still signs in", async ({
  place,
  visitor,
}) => {
  const context = await visitor();
  const page = await context.newPage();
  await page.goto("/sign-in");
  await place.provider.stop();
  try {
    const startedAt = Date.now();
    await page.getByRole("button", { name: "Sign in with Example ID" }).click();
    await expect(page.getByRole("alert").first()).toContainText("does not answer");
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(new URL(page.url()).searchParams.get("error")).toBe("provider-unavailable");
    await page.getByRole("textbox", { name: "Username" }).fill(ADMINISTRATOR.username);
    await page.getByRole("textbox", { name: "Password" }).fill(ADMINISTRATOR.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Tokens", exact: true })).toBeVisible();
  } finally {
    await place.provider.start();
  }
});
