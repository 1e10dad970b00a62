import { choose, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { readToken, TOKENS } from "./tokens";

const DAY_MS = 24 * 60 * 60 * 1_000;

test("a token that was never used is disabled and deleted without a question", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page, program } = owner;
  const { name } = await token(owner, { description: "idle" });
  await page.goto("/tokens");
  await choose(page, name, "Disable");
  await expect(page.getByRole("status").filter({ hasText: "Disabled idle" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await choose(page, name, "Delete");
  await expect(rowOf(page, name)).toHaveCount(0);
  expect((await program.get(`${TOKENS}/${name}`)).status()).toBe(404);
});

test("disabling can be undone from its message", async ({ asUser, token, program }) => {
  const owner = await asUser();
  const { page } = owner;
  const { name, bearer } = await token(owner, { description: "idle" });
  await page.goto("/tokens");
  await choose(page, name, "Disable");
  await expect(rowOf(page, name)).toContainText("Disabled");
  const client = await program(bearer);
  expect((await client.get(TOKENS)).status()).toBe(401);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rowOf(page, name)).toContainText("Active");
  expect((await client.get(TOKENS)).status()).toBe(200);
});

test("a token used some days ago is stopped after one question that says when and by whom it was used", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page, program } = owner;
  const { name } = await token(owner, { description: "weekly job", usedAgoMs: 5 * DAY_MS });
  await page.goto("/tokens");
  await choose(page, name, "Disable");
  const dialog = page.getByRole("dialog", { name: "Disable this token?" });
  await expect(dialog).toContainText("last used 5 days ago from 192.0.2.7 by probe/1");
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await readToken(program, name)).spec.enabled).toBe(true);
  await choose(page, name, "Disable");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(rowOf(page, name)).toContainText("Disabled");
});

test("a token used in the last day is stopped only by typing its name", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page, program } = owner;
  const { name } = await token(owner, { description: "busy", usedAgoMs: 60_000 });
  await page.goto(`/tokens/${name}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this token?" });
  const confirm = dialog.getByRole("button", { name: "Delete" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill("busy");
  await page.keyboard.press("Enter");
  await expect(confirm).toBeDisabled();
  expect((await program.get(`${TOKENS}/${name}`)).status()).toBe(200);
  await dialog.getByRole("textbox").fill(name);
  await confirm.click();
  await expect(page).toHaveURL("/tokens");
  expect((await program.get(`${TOKENS}/${name}`)).status()).toBe(404);
});

for (const verb of ["Disable", "Delete"] as const) {
  test(`${verb.toLowerCase()} of the sign-in of this browser is asked about and signs it out`, async ({
    asUser,
  }) => {
    const { page } = await asUser();
    await page.goto("/tokens?kind=session");
    const own = page.getByRole("row").filter({ hasText: "this browser" });
    const name = (await own.getByRole("link").first().textContent()) ?? "";
    await choose(page, name, verb);
    const dialog = page.getByRole("dialog", { name: `${verb} this token?` });
    await expect(dialog).toContainText("you will be signed out");
    await dialog.getByRole("button", { name: verb }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await page.goto("/tokens");
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test("two clicks on Delete, or one in each of two tabs, delete once and say so", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { name } = await token(owner, {});
  const other = await owner.context.newPage();
  await Promise.all([owner.page.goto("/tokens"), other.goto("/tokens")]);
  await choose(owner.page, name, "Delete");
  await expect(rowOf(owner.page, name)).toHaveCount(0);
  await choose(other, name, "Delete");
  await expect(other.getByText(`${name} is gone.`)).toBeVisible();
  await expect(rowOf(other, name)).toHaveCount(0);
});
