import { choose, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { markUsed, TOKENS } from "./tokens";
import { createByLink, freshName, isSignedIn, letProofsAge, takeLink } from "./user-pages";

test("a disabled user's tokens and browser stop at once, and enabling brings back exactly what was enabled", async ({
  asAdmin,
  asUser,
  token,
  program,
  newBrowser,
}) => {
  const [admin, person] = [await asAdmin(), await asUser()];
  const [good, off] = [await token(person), await token(person, { enabled: false })];
  const [client, stopped] = [await program(good.bearer), await program(off.bearer)];
  await admin.page.goto(`/admin/users?q=${person.username}`);
  await choose(admin.page, person.username, "Disable");
  const dialog = admin.page.getByRole("dialog", { name: "Disable this user?" });
  await expect(dialog).toContainText("1 working token, none used in the last week");
  await expect(dialog).toContainText("2 sign-ins");
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(rowOf(admin.page, person.username)).toContainText("Disabled");
  expect((await client.get(TOKENS)).status()).toBe(401);
  await person.page.goto("/tokens");
  await expect(person.page).toHaveURL(/\/sign-in/);

  await choose(admin.page, person.username, "Enable");
  await expect(rowOf(admin.page, person.username)).toContainText("Enabled");
  expect((await client.get(TOKENS)).status()).toBe(200);
  expect((await stopped.get(TOKENS)).status()).toBe(401);
  expect(await isSignedIn(person.context)).toBe(false);
  await signIn(await newBrowser(), person);
});

test("a user with tokens in use is deleted only by typing the username, and everything of theirs goes", async ({
  asAdmin,
  asUser,
  token,
  program,
  latchkey,
  expectNoise,
}) => {
  expectNoise(/status of 404/);
  const [admin, person] = [await asAdmin(), await asUser()];
  const { page } = admin;
  const { name, bearer } = await token(person, { description: "nightly backup" });
  await markUsed(latchkey, name, 3 * 86_400_000);
  await page.goto(`/admin/users/${person.id}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this user?" });
  await expect(dialog).toContainText("1 used in the last week");
  await expect(dialog).toContainText("nightly backup");
  await expect(dialog).toContainText("cannot be undone");
  const confirm = dialog.getByRole("button", { name: "Delete" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(person.username);
  await confirm.click();
  await expect(page).toHaveURL("/admin/users");
  expect((await (await program(bearer)).get(TOKENS)).status()).toBe(401);
  expect(await isSignedIn(person.context)).toBe(false);
  expect((await page.goto(`/admin/users/${person.id}`))?.status()).toBe(404);
});

test("a proof older than 15 minutes is asked for again, and what was typed survives it", async ({
  asAdmin,
  latchkey,
}) => {
  const admin = await asAdmin();
  const { page } = admin;
  await letProofsAge(latchkey, admin);
  const username = freshName();
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByRole("textbox", { name: "Username" }).fill(username);
  await dialog.getByRole("textbox", { name: "Display name" }).fill("Typed once");
  await dialog.getByRole("radio", { name: "Verifier" }).check();
  await dialog.getByRole("button", { name: "Create user" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await proof.getByRole("textbox", { name: "Your password" }).fill("not my password");
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(proof.getByText("Is not your password.")).toBeVisible();
  await proof.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Confirm that it is you first.");
  await expect(dialog.getByRole("textbox", { name: "Username" })).toHaveValue(username);

  await dialog.getByRole("button", { name: "Create user" }).click();
  await proof.getByRole("textbox", { name: "Your password" }).fill(admin.password);
  await proof.getByRole("button", { name: "Confirm" }).click();
  await takeLink(page);
  await page.goto(`/admin/users?q=${username}`);
  await expect(rowOf(page, username)).toContainText("Typed once");
  await expect(rowOf(page, username)).toContainText("Verifier");

  // Once in 15 minutes is enough, and a change without a dialog of its own asks, too.
  await choose(page, username, "Reset password");
  await page.getByRole("dialog").getByRole("button", { name: "Create link" }).click();
  await takeLink(page);
  await choose(page, username, "Disable");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(rowOf(page, username)).toContainText("Disabled");
  await letProofsAge(latchkey, admin);
  await choose(page, username, "Enable");
  await proof.getByRole("textbox", { name: "Your password" }).fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(rowOf(page, username)).toContainText("Enabled");
});

test("a role and a display name are edited; a form that is stale shows the new state instead", async ({
  asAdmin,
  asUser,
}) => {
  const [admin, person] = [await asAdmin(), await asUser()];
  const { page } = admin;
  const other = await admin.context.newPage();
  await Promise.all([page, other].map((tab) => tab.goto(`/admin/users/${person.id}`)));
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit user" });
  await dialog.getByRole("textbox", { name: "Display name" }).fill("Grace H.");
  await dialog.getByRole("radio", { name: "Verifier" }).check();
  await expect(dialog).toContainText("Their sign-ins end when you save");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Grace H." })).toBeVisible();
  expect(await isSignedIn(person.context)).toBe(false);
  await expect(page.getByText(`${admin.username} changed ${person.username}`)).toBeVisible();

  await other.getByRole("button", { name: "Edit" }).click();
  const stale = other.getByRole("dialog", { name: "Edit user" });
  await stale.getByRole("textbox", { name: "Display name" }).fill("Too late");
  await stale.getByRole("button", { name: "Save changes" }).click();
  await stale.getByRole("button", { name: "Show the new state" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Grace H." })).toBeVisible();
});

test("each sign-in of a user is ended alone or all at once, and a lock is lifted", async ({
  asAdmin,
  asUser,
  newBrowser,
  latchkey,
}) => {
  const [admin, person] = [await asAdmin(), await asUser()];
  const other = await newBrowser();
  await signIn(other, person);
  await person.page.goto("/tokens");
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await fetch(`${latchkey.url}/v1-public/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username: person.username, password: "a wrong guess" }),
    });
  }
  const { page } = admin;
  await page.goto(`/admin/users/${person.id}`);
  await page.getByRole("button", { name: "Lift the lock" }).click();
  await expect(page.getByText("The lock is lifted")).toBeVisible();
  await expect(page.getByRole("button", { name: "Lift the lock" })).toHaveCount(0);
  await signIn(await newBrowser(), person);

  await page.reload();
  const ends = page.getByRole("button", { name: /^End the sign-in token-/ });
  // Two browsers of the test, a third just now, and the program.
  await expect(ends).toHaveCount(4);
  await ends.first().click();
  await expect(ends).toHaveCount(3);
  await page.getByRole("button", { name: "End all sign-ins" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all sign-ins" }).click();
  await expect(page.getByText("Ended 3 sign-ins")).toBeVisible();
  await expect(page.getByText("This user is signed in nowhere.")).toBeVisible();
  expect([await isSignedIn(person.context), await isSignedIn(other)]).toEqual([false, false]);
});

test("an administrator who gives up the role is signed out at once", async ({ asAdmin }) => {
  const admin = await asAdmin();
  const { page } = admin;
  await page.goto(`/admin/users/${admin.id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit user" });
  await dialog.getByRole("radio", { name: "User", exact: true }).check();
  await expect(dialog).toContainText("You will be signed out when you save.");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("search, role, state and page are in the address, and Back leads through them", async ({
  asAdmin,
}) => {
  const { page } = await asAdmin();
  const prefix = freshName();
  await page.goto("/admin/users");
  await createByLink(page, `${prefix}-1`);
  await expect(page.getByText(`Created ${prefix}-1`)).toBeVisible();
  await page.getByRole("searchbox", { name: "Search users" }).fill(prefix);
  await expect(page).toHaveURL(`/admin/users?q=${prefix}`);
  await expect(rowOf(page, `${prefix}-1`)).toContainText("Nothing yet");
  await page.getByRole("combobox", { name: "State" }).selectOption("Disabled");
  await expect(page).toHaveURL(`/admin/users?q=${prefix}&state=disabled`);
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL("/admin/users");
  await page.goto(`/admin/users?role=admin&state=enabled&q=${prefix}`);
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("admin");
  await page.goBack();
  await expect(page).toHaveURL("/admin/users");
  for (const odd of ["?role=root&state=x&after=%00&q=%ff", `?q=${"%F0%9F%98%80".repeat(300)}`]) {
    await page.goto(`/admin/users${odd}`);
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  }
});

test("pages of the list hold 25 users each, in the order of their names", async ({ asAdmin }) => {
  const { page, context } = await asAdmin();
  const prefix = freshName();
  await page.goto("/admin/users");
  for (let index = 10; index < 37; index += 1) {
    await createByLink(page, `${prefix}-${index}`);
  }
  await page.goto(`/admin/users?q=${prefix}`);
  const names = page.getByRole("main").getByRole("link", { name: new RegExp(`^${prefix}-..$`) });
  await expect(names).toHaveCount(25);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(names).toHaveText([`${prefix}-35`, `${prefix}-36`]);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(names.first()).toHaveText(`${prefix}-10`);
  await expect(names).toHaveCount(25);
  expect((await context.request.get(`/admin/users?q=${prefix}&after=zzzz`)).status()).toBe(200);
});

test("a user is created by keyboard alone, and the focus comes back", async ({ asAdmin }) => {
  const { page } = await asAdmin();
  const username = freshName();
  await page.goto("/admin/users");
  const button = page.getByRole("button", { name: "Create user" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Username" })).toBeFocused();
  await page.keyboard.type(username);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "User", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Verifier" })).toBeChecked();
  await page.keyboard.press("Enter");
  const link = page.getByRole("dialog", { name: "Copy the link now" });
  await expect(link.getByRole("textbox", { name: "One-time link" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(link.getByRole("alert")).toContainText("has not been copied yet");
  await page.keyboard.press("ControlOrMeta+c");
  await page.keyboard.press("Escape");
  await expect(link).toBeHidden();
  await expect(button).toBeFocused();

  await page.goto(`/admin/users?q=${username}`);
  const actions = page.getByRole("button", { name: `Actions for ${username}` });
  await actions.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete this user?" });
  await expect(dialog).toContainText("No token or sign-in of theirs works right now.");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(rowOf(page, username)).toHaveCount(0);
});
