import type { Page } from "@playwright/test";
import { choose, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { patchToken, readToken, TOKENS } from "./tokens";

const DAY_MS = 24 * 60 * 60 * 1_000;
const TOO_LONG = "x".repeat(1_025);

const editDialog = (page: Page) => page.getByRole("dialog", { name: "Edit token" });

test("an owner edits description, expiry and enabled, and nothing else", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page, program } = owner;
  const { name } = await token(owner, { description: "before", ttlMs: 20 * DAY_MS });
  await page.goto("/tokens");
  await choose(page, name, "Edit");
  const dialog = editDialog(page);
  await expect(dialog.getByRole("textbox")).toHaveCount(1);
  await expect(dialog.getByRole("switch")).toHaveCount(1);
  await expect(dialog.getByRole("radiogroup")).toHaveCount(1);
  await dialog.getByRole("textbox", { name: "Description" }).fill("after");
  await dialog.getByRole("radiogroup", { name: "Expires" }).getByText("In 7 days").click();
  await dialog.getByRole("switch", { name: "Enabled" }).uncheck();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(rowOf(page, name)).toContainText("after");
  await expect(rowOf(page, name)).toContainText("Disabled");
  const { spec } = await readToken(program, name);
  expect(spec).toMatchObject({ description: "after", enabled: false, kind: "" });
  expect(Math.abs(spec.ttl - 7 * DAY_MS)).toBeLessThan(60_000);
});

test("saving with the expiry kept changes no lifetime", async ({ asUser, token }) => {
  const owner = await asUser();
  const { name } = await token(owner, { ttlMs: 20 * DAY_MS });
  await owner.page.goto(`/tokens/${name}`);
  await owner.page.getByRole("button", { name: "Edit" }).click();
  await editDialog(owner.page).getByRole("textbox", { name: "Description" }).fill("renamed");
  await editDialog(owner.page).getByRole("button", { name: "Save changes" }).click();
  await expect(owner.page.getByRole("heading", { name: "renamed" })).toBeVisible();
  const { spec } = await readToken(owner.program, name);
  expect(spec).toMatchObject({ description: "renamed", ttl: 20 * DAY_MS, enabled: true });
});

test("an owner is offered no later expiry, and a typed one is refused in place", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page, program } = owner;
  const { name } = await token(owner, { description: "short", ttlMs: 2 * DAY_MS });
  await page.goto("/tokens");
  await choose(page, name, "Edit");
  const dialog = editDialog(page);
  await expect(dialog.getByText("You can only shorten it")).toBeVisible();
  await expect(dialog.getByRole("radio", { name: "In 1 day" })).toBeVisible();
  await expect(dialog.getByRole("radio", { name: "In 7 days" })).toHaveCount(0);
  await dialog.getByRole("textbox", { name: "Description" }).fill("kept text");
  await dialog.getByRole("radio", { name: "Duration…" }).check();
  await dialog.getByRole("textbox", { name: "Duration" }).fill("3");
  await dialog.getByRole("combobox", { name: "Unit of the duration" }).selectOption("days");
  await expect(dialog.getByText("That is past the latest allowed")).toBeVisible();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Description" })).toHaveValue("kept text");
  expect((await readToken(program, name)).spec).toMatchObject({
    description: "short",
    ttl: 2 * DAY_MS,
  });
});

test("an administrator extends somebody's token in the console, its owner cannot", async ({
  asUser,
  asAdmin,
  token,
}) => {
  const [owner, admin] = [await asUser(), await asAdmin()];
  const { name } = await token(owner, { ttlMs: 2 * DAY_MS });
  await admin.page.goto(`/admin/tokens?owner=${owner.username}`);
  await choose(admin.page, name, "Edit");
  await editDialog(admin.page).getByRole("radio", { name: "In 30 days" }).check();
  await editDialog(admin.page).getByRole("button", { name: "Save changes" }).click();
  await expect(rowOf(admin.page, name)).toContainText("in 30 days");
  const { spec } = await readToken(owner.program, name);
  expect(Math.abs(spec.ttl - 30 * DAY_MS)).toBeLessThan(60_000);

  const refused = await owner.program.patch(`${TOKENS}/${name}`, {
    headers: { "Content-Type": "application/merge-patch+json" },
    data: JSON.stringify({ spec: { ttl: spec.ttl + 1 } }),
  });
  expect(refused.status()).toBe(403);
  expect((await refused.json()).message).toContain("only an administrator can extend spec.ttl");
});

test("bringing back an expired token is an administrator's, and said before it is saved", async ({
  asUser,
  asAdmin,
  token,
}) => {
  const [owner, admin] = [await asUser(), await asAdmin()];
  const { name } = await token(owner, { expired: true });
  await owner.page.goto(`/tokens/${name}`);
  await owner.page.getByRole("button", { name: "Edit" }).click();
  await expect(editDialog(owner.page)).toContainText("only an administrator can bring it back");
  await expect(editDialog(owner.page).getByRole("radio", { name: /^In / })).toHaveCount(0);

  await admin.page.goto(`/tokens/${name}`);
  await admin.page.getByRole("button", { name: "Edit" }).click();
  await editDialog(admin.page).getByRole("radio", { name: "In 1 day" }).check();
  await expect(editDialog(admin.page)).toContainText("This brings the expired token back");
  await editDialog(admin.page).getByRole("button", { name: "Save changes" }).click();
  await expect(admin.page.getByText("Expires soon")).toBeVisible();
  await expect(admin.page.getByRole("region", { name: "History" })).toContainText(
    "brought back an expired token",
  );
});

test("an expiry in the past is announced as the end of the token and saved as that", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { name } = await token(owner, {});
  await owner.page.goto("/tokens");
  await choose(owner.page, name, "Edit");
  const dialog = editDialog(owner.page);
  await dialog.getByRole("radio", { name: "Date…" }).check();
  await dialog.getByLabel("Date and time").fill("2020-01-01T00:00");
  await expect(dialog).toContainText("This ends the token at once");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(rowOf(owner.page, name)).toContainText("Expired");
});

test("an edit of a token that changed meanwhile saves nothing and offers the new state", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page, program } = owner;
  const { name } = await token(owner, { description: "first" });
  await page.goto("/tokens");
  await choose(page, name, "Edit");
  const dialog = editDialog(page);
  const description = dialog.getByRole("textbox", { name: "Description" });
  await description.fill("mine");
  await patchToken(program, name, { description: "theirs" });
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByRole("alert")).toContainText("changed meanwhile");
  await expect(description).toHaveValue("mine");
  expect((await readToken(program, name)).spec.description).toBe("theirs");
  await dialog.getByRole("button", { name: "Show the new state" }).click();
  await expect(rowOf(page, name)).toContainText("theirs");
  await choose(page, name, "Edit");
  await expect(description).toHaveValue("theirs");
  await description.fill("mine after all");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(rowOf(page, name)).toContainText("mine after all");
});

test("an edit of a token that was deleted meanwhile says that it is gone", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { name } = await token(owner, {});
  await owner.page.goto("/tokens");
  await choose(owner.page, name, "Edit");
  expect((await owner.program.delete(`${TOKENS}/${name}`)).status()).toBe(200);
  await editDialog(owner.page).getByRole("textbox", { name: "Description" }).fill("late");
  await editDialog(owner.page).getByRole("button", { name: "Save changes" }).click();
  await expect(owner.page.getByText(/is gone/)).toBeVisible();
});

test("what was typed is kept when a create or an edit is refused, and the field says what is allowed", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page } = owner;
  const { name } = await token(owner, {});
  await page.goto("/tokens");
  await choose(page, name, "Edit");
  const edit = editDialog(page);
  await edit.getByRole("textbox", { name: "Description" }).fill(TOO_LONG);
  await edit.getByRole("button", { name: "Save changes" }).click();
  await expect(edit.getByText("at most 1024 characters")).toBeVisible();
  await expect(edit.getByRole("textbox", { name: "Description" })).toHaveValue(TOO_LONG);
  await expect(edit.getByRole("textbox", { name: "Description" })).toBeFocused();
  await edit.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Create token" }).click();
  const create = page.getByRole("dialog", { name: "Create token" });
  await create.getByRole("textbox", { name: "Description" }).fill(TOO_LONG);
  await create.getByRole("radio", { name: "8 hours" }).check();
  await create.getByRole("button", { name: "Create token" }).click();
  await expect(create.getByText("at most 1024 characters")).toBeVisible();
  await expect(create.getByRole("textbox", { name: "Description" })).toHaveValue(TOO_LONG);
  await expect(create.getByRole("radio", { name: "8 hours" })).toBeChecked();

  // What is being mended is not called wrong any more; sent again as it was, it is refused again.
  const description = create.getByRole("textbox", { name: "Description" });
  await description.press("End");
  await description.press("x");
  await expect(create.getByText("at most 1024 characters")).toHaveCount(0);
  await expect(description).not.toHaveAttribute("aria-invalid");
  await create.getByRole("button", { name: "Create token" }).click();
  await expect(create.getByText("at most 1024 characters")).toBeVisible();
});

test("every expiry that the create dialog offers is accepted as it is shown", async ({
  asUser,
}) => {
  const { page, program } = await asUser();
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  const create = page.getByRole("dialog", { name: "Create token" });
  await expect(create.getByRole("radio", { name: "Date…" })).toBeVisible();
  const offered = await create
    .getByRole("radio")
    .evaluateAll((radios) => radios.map((radio) => radio.closest("label")?.textContent ?? ""));
  await create.getByRole("button", { name: "Cancel" }).click();
  expect(offered).toEqual([
    ...["1 hour", "2 hours", "8 hours", "1 day", "7 days", "30 days", "90 days"],
    ...["Duration…", "Date…"],
  ]);
  await page.getByRole("button", { name: "Create token" }).click();
  await create.getByRole("textbox", { name: "Description" }).fill("longest");
  await create.getByRole("radio", { name: "90 days" }).check();
  await create.getByRole("button", { name: "Create token" }).click();
  await page.getByRole("checkbox", { name: "I have stored this token" }).check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("cell", { name: "longest" })).toBeVisible();
  const { items } = await (await program.get(TOKENS)).json();
  const [created] = items.filter((item: { spec: { description: string } }) => {
    return item.spec.description === "longest";
  });
  expect(created.spec.ttl).toBe(90 * DAY_MS);
});
