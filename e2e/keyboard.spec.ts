import { readReveal, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { readToken } from "./tokens";

test("a token is created, copied and put away by keyboard alone, and the focus comes back", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const button = page.getByRole("button", { name: "Create token" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Description" })).toBeFocused();
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "30 days" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "7 days" })).toBeChecked();
  await page.keyboard.press("Enter");
  const { reveal, name } = await readReveal(page);
  await expect(reveal.getByRole("textbox", { name: "Bearer token" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(reveal.getByRole("button", { name: "Copy bearer token" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(reveal.getByRole("checkbox")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(reveal.getByRole("button", { name: "Done" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(reveal).toBeHidden();
  await expect(rowOf(page, name)).toBeVisible();
  await expect(button).toBeFocused();
});

test("a row's menu is worked with the arrow keys, and Escape gives the focus back to its button", async ({
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { page } = owner;
  const { name } = await token(owner, { description: "menu" });
  await page.goto("/tokens");
  const button = page.getByRole("button", { name: `Actions for ${name}` });
  await button.focus();
  await page.keyboard.press("ArrowDown");
  const menu = page.getByRole("menu");
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(menu).toBeVisible();
  await page.keyboard.press("End");
  await expect(menu.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Home");
  await expect(menu.getByRole("menuitem", { name: "Edit" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Edit token" });
  await expect(dialog.getByRole("textbox", { name: "Description" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(menu).toBeVisible();
  await page.keyboard.press("Home");
  await expect(menu.getByRole("menuitem", { name: "Edit" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(menu.getByRole("menuitem", { name: "Disable" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rowOf(page, name)).toContainText("Disabled");
  expect((await readToken(owner.program, name)).spec.enabled).toBe(false);
});

test("/ goes to the search, ? shows the shortcuts, c creates; none of them while typing", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const search = page.getByRole("searchbox", { name: "Search tokens" });
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("/?c");
  await expect(search).toHaveValue("/?c");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await search.fill("");
  await search.blur();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toContainText("Search");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: "Create token" })).toBeVisible();
});

test("the first Tab leads past the navigation to the content", async ({ asUser }) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
});

test("on a narrow screen the link of the current page is in sight, and the first Tab leads past it", async ({
  asAdmin,
}) => {
  const { page } = await asAdmin({ viewport: { width: 360, height: 740 } });
  await page.goto("/admin/settings");
  const link = page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Settings" });
  await expect(link).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
});
