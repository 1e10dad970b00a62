import type { Page } from "@playwright/test";
import { measured, seed, times } from "@/prove/proof";
import { choose, createToken, finishReveal, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { typeable } from "./fuzz/texts";
import { readToken } from "./tokens";

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "\u202Egpj.exe",
  "{{7*7}}&lt;b&gt;&#0;",
  "a\u00ade\u0301 👩‍👩‍👧‍👦",
  "$undefined",
  "$F0",
];
const RANDOM = times({ quick: 2, full: 300 });

test("hostile text that is typed into a field is stored as it was typed and shown as text", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto("/tokens");
  const created = await createToken(page, { description: HOSTILE[0] ?? "" });
  await finishReveal(page);
  expect((await readToken(person.program, created.name)).spec.description).toBe(HOSTILE[0]);

  const { name } = await token(person, { description: "to be edited" });
  const texts = [...HOSTILE, ...typeable(RANDOM, seed())];
  for (const text of texts) {
    await page.goto("/tokens");
    await choose(page, name, "Edit");
    await page.getByRole("textbox", { name: "Description" }).fill(text);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(rowOf(page, name).locator("td[title]")).toHaveAttribute("title", text);
    expect(await rowOf(page, name).locator("td[title]").textContent()).toBe(text);
    expect((await readToken(person.program, name)).spec.description).toBe(text);
    await typeDisplayName(page, text);
  }
  expect(dialogs).toEqual([]);
  measured(
    "Hostile text typed into the console's fields is stored as it was typed and shown as text",
    `${texts.length} texts in two fields each: 0 differed, 0 ran as a script`,
  );
});

async function typeDisplayName(page: Page, text: string): Promise<void> {
  await page.goto("/account");
  await page.getByRole("textbox", { name: "Display name" }).fill(text);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("status").getByText("Saved")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Display name" })).toHaveValue(text);
}
