import { expect, test } from "./fixtures";
import { signIn, signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const NEW_PASSWORD = "seventeen llamas hum";

test("a name that somebody gives themselves is shown at once and kept; the user name stays", async ({
  asUser,
}) => {
  const { page, username } = await asUser();
  await page.goto("/tokens");
  await page.getByRole("link", { name: `Your account, ${username}` }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  const name = page.getByRole("textbox", { name: "Display name" });
  await name.fill("Ada Lovelace");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("status").getByText("Saved")).toBeVisible();
  const link = page.getByRole("link", { name: `Your account, ${username}` });
  await expect(link).toContainText("Ada Lovelace");
  await page.reload();
  await expect(name).toHaveValue("Ada Lovelace");
  await expect(page.getByText("You changed your account: display name")).toBeVisible();
  await name.fill("x".repeat(129));
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Must have at most 128 characters.")).toBeVisible();
  await expect(name).toBeFocused();
  await expect(name).toHaveValue("x".repeat(129));
});

test("a changed password ends the other sign-ins at once, says so, and is the one that counts", async ({
  asUser,
  newBrowser,
  latchkey,
}) => {
  const person = await asUser();
  const other = await newBrowser();
  await signIn(other, person);
  const { page } = person;
  await page.goto("/account");
  const current = page.getByLabel("Current password");
  const changed = page.getByLabel("New password");
  await current.fill("not the password");
  await changed.fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Is not your password.")).toBeVisible();
  await expect(current).toBeFocused();
  await expect(changed).toHaveValue(NEW_PASSWORD);

  await current.fill(person.password);
  await page.getByRole("checkbox", { name: "Show what I type" }).check();
  await expect(changed).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("You are signed out everywhere else.")).toBeVisible();
  await expect(changed).toHaveValue("");
  await expect(changed).toHaveAttribute("type", "password");
  const elsewhere = await other.request.get("/tokens", { maxRedirects: 0 });
  expect(elsewhere.status()).toBe(307);
  expect((await person.program.get(TOKENS)).status()).toBe(401);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  expect(await signInProgram(latchkey, { ...person, password: NEW_PASSWORD })).toContain("ext/");
  expect(page.url()).not.toContain("?");
});

test("a password that will not do is refused with the reason, and the present one stays", async ({
  asUser,
  latchkey,
}) => {
  const person = await asUser();
  const { page } = person;
  await page.goto("/account");
  await page.getByLabel("Current password").fill(person.password);
  await page.getByLabel("New password").fill("too short");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Must have at least 15 characters.")).toBeVisible();
  await expect(page.getByLabel("New password")).toBeFocused();
  expect(await signInProgram(latchkey, person)).toContain("ext/");
});

test("dates follow the chosen zone and format, on every page and for dates that are typed in", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const { name } = await token(person, { ttlMs: 30 * 24 * 60 * 60 * 1_000 });
  await page.goto("/account");
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("Asia/Tokyo");
  await page.getByRole("combobox", { name: "Date format" }).selectOption("Year first (ISO 8601)");
  await expect(page.locator("output")).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\+9$/);
  await page.getByRole("button", { name: "Save date and time" }).click();
  await expect(page.getByRole("status").getByText("Saved")).toBeVisible();

  const { status } = await (await person.program.get(`${TOKENS}/${name}`)).json();
  const inTokyo = new Date(Date.parse(status.expiresAt) + 9 * 60 * 60 * 1_000).toISOString();
  const exact = `${inTokyo.slice(0, 10)} ${inTokyo.slice(11, 19)} GMT+9`;
  await page.goto(`/tokens/${name}`);
  await page.getByText("in 30 days").hover();
  await expect(page.getByText(exact)).toBeVisible();

  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Date…" }).check();
  const typed = new Date(Date.parse(status.expiresAt) - 24 * 60 * 60 * 1_000 + 9 * 60 * 60 * 1_000);
  const text = typed.toISOString().slice(0, 16);
  await dialog.getByLabel("Date and time").fill(text);
  await expect(dialog.getByText(`${text.replace("T", " ")}:00 GMT+9`)).toBeVisible();
});

test("the theme can be chosen here too, and both controls show the same", async ({ asUser }) => {
  const { page } = await asUser({ colorScheme: "light" });
  await page.goto("/account");
  const dark = page.getByRole("radio", { name: "Dark theme" });
  await expect(dark).toHaveCount(2);
  await dark.last().check();
  await expect(dark.first()).toBeChecked();
  await page.reload();
  await expect(dark.last()).toBeChecked();
  await page.getByRole("radio", { name: "Theme of the system" }).first().check();
  await expect(dark.last()).not.toBeChecked();
});

test("recent events tell of a guessed password and of what an administrator did, page by page", async ({
  asUser,
  asAdmin,
  token,
  latchkey,
}) => {
  const [person, admin] = [await asUser(), await asAdmin()];
  const { name } = await token(person, { description: "watched" });
  await fetch(`${latchkey.url}/v1-public/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: person.username, password: "a guess" }),
  });
  expect((await admin.program.delete(`${TOKENS}/${name}`)).status()).toBe(200);
  const { page } = person;
  await page.goto("/account");
  const events = page.getByRole("region", { name: "Recent events" });
  await expect(events.getByText("Somebody tried to sign in as you")).toBeVisible();
  await expect(events.getByText(`${admin.username} deleted the token ${name}`)).toBeVisible();
  await expect(events.getByRole("link", { name: "Earlier" })).toHaveCount(0);
  for (let made = 0; made < 20; made += 1) await token(person, { description: `${made}` });
  await page.reload();
  await events.getByRole("link", { name: "Earlier" }).click();
  const earlier = page.getByRole("region", { name: "Earlier events" });
  await expect(earlier.getByText("Somebody tried to sign in as you")).toBeVisible();
  await earlier.getByRole("link", { name: "Newest" }).click();
  await expect(events).toBeVisible();
});

test("an account is looked after by keyboard alone", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/account");
  const name = page.getByRole("textbox", { name: "Display name" });
  await name.focus();
  await page.keyboard.type("Grace");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").getByText("Saved")).toBeVisible();
  await expect(name).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Current password")).toBeFocused();
});
