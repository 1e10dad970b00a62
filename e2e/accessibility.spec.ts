import type { Page } from "@playwright/test";
import { endIn } from "@/db/testing/old-sign-ins";
import { expectAccessible } from "./accessible";
import { choose, createToken } from "./console";
import { onDatabase } from "./database";
import { expect, type Person, test } from "./fixtures";
import { LOOKS } from "./looks";

const DAY_MS = 24 * 60 * 60 * 1_000;

const WARNINGS = [
  [100, "Your sign-in is about to end"],
  [-1, "You have been signed out"],
] as const;

// Each examines whole pages many times.
test.describe.configure({ timeout: 300_000 });

for (const { name: look, options } of LOOKS) {
  test(`every page is accessible and fits, ${look}`, async ({
    asAdmin,
    newBrowser,
    token,
    expectNoise,
  }) => {
    expectNoise(/status of 404/);
    const admin = await asAdmin({ ...options });
    const { page } = admin;
    const names = await everyState(admin, token);
    const addresses = [
      "/tokens",
      "/tokens?kind=all&state=active&sort=-name",
      "/tokens?q=nothing",
      "/tokens?kind=session",
      `/admin/tokens?owner=${admin.username}`,
      `/admin/tokens?owner=${admin.username}&used=never&state=dead&colour=red`,
      "/tokens?query=sate%3Aactive",
      "/admin/settings",
      "/admin/users",
      "/admin/users?q=nobody-is-called-this",
      `/admin/users/${admin.id}`,
      ...names.map((name) => `/tokens/${name}`),
      "/tokens/token-missing",
    ];
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, address);
    }
    const anonymous = await (await newBrowser({ ...options })).newPage();
    await anonymous.goto("/sign-in");
    await expectAccessible(anonymous, "/sign-in");
    await anonymous.getByRole("button", { name: "Sign in" }).click();
    await expect(anonymous.getByText("Must be filled in.").first()).toBeVisible();
    await expectAccessible(anonymous, "/sign-in, refused");
    await anonymous.goto("/set-password");
    await expect(anonymous.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(anonymous, "/set-password");
    await anonymous.goto("/no-such-page");
    await expectAccessible(anonymous, "/no-such-page");
  });

  test(`every step of filters and settings is accessible and fits, ${look}`, async ({
    asAdmin,
    token,
  }) => {
    const admin = await asAdmin({ ...options });
    await everyState(admin, token);
    await everyFilterStep(admin.page);
    await everySettingStep(admin.page);
  });

  test(`every dialog, menu and message is accessible and fits, ${look}`, async ({
    asUser,
    token,
  }) => {
    const owner = await asUser({ ...options });
    const { page } = owner;
    const busy = await token(owner, { description: "busy", usedAgoMs: 60_000 });
    const idle = await token(owner, { description: "idle" });
    await page.goto("/tokens");
    const actions = page.getByRole("button", { name: `Actions for ${busy.name}` });
    await actions.click();
    await expect(page.getByRole("menuitem", { name: "Edit" })).toBeVisible();
    await expectAccessible(page, "row menu");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden();

    await choose(page, busy.name, "Edit");
    const dialog = page.getByRole("dialog");
    for (const choice of ["Keep", "Duration…", "Date…"]) {
      await dialog.getByRole("radio", { name: choice }).check();
      await expectAccessible(page, `edit, ${choice}`);
    }
    await dialog.getByRole("textbox", { name: "Description" }).fill("x".repeat(1_025));
    await dialog.getByRole("radio", { name: "Keep" }).check();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await expect(dialog.getByText("at most 1024 characters")).toBeVisible();
    await expectAccessible(page, "edit, refused");
    await dialog.getByRole("button", { name: "Cancel" }).click();

    for (const item of ["Disable", "Delete"] as const) {
      await choose(page, busy.name, item);
      await expect(dialog).toBeVisible();
      await expectAccessible(page, item);
      await page.keyboard.press("Escape");
    }
    await choose(page, idle.name, "Disable");
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await expectAccessible(page, "message");

    const { reveal } = await createToken(page, { description: "shown once" });
    await expectAccessible(page, "reveal");
    await page.keyboard.press("Escape");
    await expect(reveal.getByRole("alert")).toBeVisible();
    await reveal.getByText("Ready-made commands").click();
    await expectAccessible(page, "reveal, guarded, with commands");
    await reveal.getByRole("checkbox").check();
    await reveal.getByRole("button", { name: "Done" }).click();
    await expect(reveal).toBeHidden();
    await page.getByRole("button", { name: "Create token" }).click();
    await expect(page.getByRole("dialog", { name: "Create token" })).toBeVisible();
    await expectAccessible(page, "create");
  });

  test(`bulk actions and the trail are accessible and fit, ${look}`, async ({ asAdmin, token }) => {
    const admin = await asAdmin({ ...options });
    const { page } = admin;
    const { name } = await token(admin, { description: "among many", usedAgoMs: 60_000 });
    await page.goto(`/admin/tokens?owner=${admin.username}`);
    await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await expectAccessible(page, "selection");
    await page.getByRole("button", { name: "Change expiry…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "7 days" }).check();
    await expectAccessible(page, "bulk expiry");
    await dialog.getByRole("button", { name: "Review change" }).click();
    const start = dialog.getByRole("button", { name: "Shorten 1 token" });
    await expect(start).toBeVisible();
    await start.click();
    await expect(dialog.getByText("Say why")).toBeVisible();
    await expectAccessible(page, "bulk review, refused");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("it lives too long");
    await start.click();
    const progress = page.getByRole("region", { name: "Progress" }).getByRole("status");
    await expect(progress).toHaveText("1 token shortened, 0 skipped.");
    await expectAccessible(page, "bulk result");
    const addresses = [
      "/bulk",
      "/admin/audit?actor=nobody-has-this-name",
      "/admin/audit?colour=red&action=nothing",
      `/admin/audit?actor=${admin.username}`,
    ];
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, address);
    }
    await page.getByRole("link", { name: "changed a token" }).first().click();
    await expect(page.getByRole("region", { name: "Facts" })).toBeVisible();
    await expectAccessible(page, "event");
  });

  test(`the pages of sign-ins and of the account are accessible and fit, ${look}`, async ({
    asAdmin,
  }) => {
    const { page } = await asAdmin({ ...options });
    const addresses = [
      "/account",
      "/account?error=provider-refused",
      "/sessions",
      "/sessions?scope=all",
      "/sessions?scope=all&owner=nobody-has-this-name",
    ];
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, address);
    }
  });

  test(`the dialogs of sign-ins and of the account are accessible and fit, ${look}`, async ({
    asUser,
    latchkey,
  }) => {
    const { page, id } = await asUser({ ...options });
    await page.clock.install();
    await page.goto("/sessions");
    for (const name of ["Sign out everywhere else", /^Sign out Not used yet/]) {
      await page.getByRole("button", { name }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, String(name));
      await page.keyboard.press("Escape");
    }
    await page.goto("/account");
    await page.getByLabel("New password").fill("too short");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Must have at least 15 characters.")).toBeVisible();
    await expectAccessible(page, "/account, refused");
    for (const [leftS, title] of WARNINGS) {
      await onDatabase(latchkey, (db) => endIn(db, id, leftS));
      await page.clock.fastForward(16 * 60 * 60 * 1_000);
      await expect(page.getByRole("alertdialog", { name: title })).toBeVisible();
      await expectAccessible(page, title);
    }
    await page.getByRole("button", { name: "Show the page" }).click();
    await expect(page.getByRole("region", { name: "Signed out" })).toBeVisible();
    await expectAccessible(page, "signed out, aside");
  });
}

test("the chosen theme is kept, also across sign-out", async ({ asUser }) => {
  const { page } = await asUser({ colorScheme: "light" });
  await page.goto("/tokens");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("radio", { name: "Dark theme" }).check();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  expect(await background()).toBe(dark);
  await expect(page.getByRole("radio", { name: "Dark theme" })).toBeChecked();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await background()).toBe(dark);
});

test("nothing moves under reduced motion", async ({ asUser }) => {
  const { page } = await asUser({ reducedMotion: "reduce" });
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  const moving = await page.evaluate(
    () =>
      document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1).length,
  );
  expect(moving).toBe(0);
});

async function everyState(
  owner: Person,
  token: (owner: Person, wishes: Record<string, unknown>) => Promise<{ name: string }>,
): Promise<string[]> {
  const tokens = [
    await token(owner, { description: "active", usedAgoMs: 60_000, kind: "ci" }),
    await token(owner, { description: "expires soon", ttlMs: DAY_MS }),
    await token(owner, { description: "expired ".repeat(100), expired: true }),
    await token(owner, { description: "", enabled: false }),
  ];
  return tokens.map(({ name }) => name);
}

async function everyFilterStep(page: Page): Promise<void> {
  await page.goto("/admin/tokens");
  await expect(page.getByRole("region", { name: "Findings" })).toBeVisible();
  await expectAccessible(page, "findings");
  await page.getByRole("searchbox").press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toBeVisible();
  await expectAccessible(page, "completion");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add filter" }).click();
  for (const group of ["Last used", "Owner"]) {
    await page.getByRole("dialog").getByText(group, { exact: true }).click();
    await expectAccessible(page, `filters, ${group}`);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Expiries" }).click();
  await page.getByRole("listbox", { name: "Expiries" }).press("ArrowRight");
  await expectAccessible(page, "timeline");
  await page.getByRole("searchbox").fill("sate:active");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Use state:active" })).toBeVisible();
  await expectAccessible(page, "query, refused");
}

async function everySettingStep(page: Page): Promise<void> {
  await page.goto("/admin/settings");
  await page.getByRole("button", { name: "Change Longest lifetime of a token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Value" }).fill("soon");
  await dialog.getByRole("button", { name: "Review change" }).click();
  await expect(dialog.getByText("Must be a whole number")).toBeVisible();
  await expectAccessible(page, "setting, refused");
  await dialog.getByRole("textbox", { name: "Value" }).fill("10");
  await dialog.getByRole("button", { name: "Review change" }).click();
  await dialog.getByRole("radio", { name: /^Shorten/ }).check();
  await expectAccessible(page, "setting, review");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Change Tokens may create tokens" }).click();
  await expectAccessible(page, "setting, yes or no");
}
