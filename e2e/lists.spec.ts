import type { Page } from "@playwright/test";
import { rowOf } from "./console";
import { expect, type Person, test } from "./fixtures";
import { TOKENS } from "./tokens";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

const namesOn = async (page: Page): Promise<string[]> => {
  const links = page.getByRole("main").getByRole("link", { name: /^token-\w{10}$/ });
  return (await links.allTextContents()).map((text) => text.trim());
};

for (const javaScriptEnabled of [true, false]) {
  const circumstance = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`search and filters narrow the list, through the address alone, ${circumstance}`, async ({
    asUser,
    token,
  }) => {
    const person = await asUser({ javaScriptEnabled });
    const { page } = person;
    const active = await token(person, { description: "Grafana datasource", usedAgoMs: HOUR_MS });
    const soon = await token(person, { description: "load test", ttlMs: DAY_MS / 2 });
    const expired = await token(person, { description: "old grafana", expired: true });
    const disabled = await token(person, { description: "paused", enabled: false, kind: "ci" });
    const cases: [string, string, string, { name: string }[]][] = [
      ["state", "active", "state=active", [active]],
      ["state", "expires-soon", "state=expires-soon", [soon]],
      ["state", "expired", "state=expired", [expired]],
      ["state", "disabled", "state=disabled", [disabled]],
      ["expires", "1d", "expires=1d", [soon]],
      ["used", "1d", "used=1d", [active]],
      ["used", "never", "used=never", [disabled, expired, soon]],
    ];
    for (const [word, value, query, expected] of cases) {
      await page.goto("/tokens");
      await page.getByRole("searchbox", { name: "Search tokens" }).fill(`${word}:${value}`);
      await page.getByRole("button", { name: "Search", exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`/tokens\\?.*${query}`));
      await expect.poll(() => namesOn(page)).toEqual(expected.map(({ name }) => name));
    }
    await page.goto("/tokens");
    await page.getByRole("searchbox", { name: "Search tokens" }).fill("GRAFANA");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\?q=GRAFANA/);
    await expect(rowOf(page, soon.name)).toHaveCount(0);
    await expect.poll(() => namesOn(page)).toEqual([expired.name, active.name]);
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(page).toHaveURL("/tokens");
    await expect(rowOf(page, soon.name)).toBeVisible();
  });

  test(`sign-ins are out of the default view and one click away, ${circumstance}`, async ({
    asUser,
    token,
  }) => {
    const person = await asUser({ javaScriptEnabled });
    const { page } = person;
    const { name } = await token(person);
    await page.goto("/tokens");
    await expect.poll(() => namesOn(page)).toEqual([name]);
    await page.getByRole("main").getByRole("link", { name: "Sign-ins" }).click();
    await expect(page.getByText("this browser")).toBeVisible();
    await expect.poll(() => namesOn(page)).not.toContain(name);
    await page.getByRole("link", { name: "Everything" }).click();
    await expect(rowOf(page, name)).toBeVisible();
    await expect.poll(async () => (await namesOn(page)).length).toBe(3);
  });

  test(`columns sort both ways, and pages hold 25 tokens each exactly once, ${circumstance}`, async ({
    asUser,
    token,
  }) => {
    const person = await asUser({ javaScriptEnabled });
    const { page } = person;
    const made: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      made.push((await token(person, { description: `same ${index % 3}` })).name);
    }
    await page.goto("/tokens");
    await page.getByRole("columnheader", { name: "Description" }).getByRole("link").click();
    await expect(page).toHaveURL("/tokens?sort=description");
    const header = page.getByRole("columnheader", { name: "Description" });
    await expect(header).toHaveAttribute("aria-sort", "ascending");
    await expect.poll(async () => (await namesOn(page)).length).toBe(25);
    const pages = [await namesOn(page)];
    for (const length of [25, 10]) {
      const first = pages.at(-1)?.[0] ?? "";
      await page.getByRole("link", { name: "Next" }).click();
      // A page without scripts is there in parts while it loads.
      await expect(async () => {
        const names = await namesOn(page);
        expect(names).not.toContain(first);
        expect(names).toHaveLength(length);
      }).toPass({ timeout: 10_000 });
      pages.push(await namesOn(page));
    }
    expect(pages.flat().sort()).toEqual(made.toSorted());
    await expect(page.getByRole("link", { name: "Next" })).toHaveCount(0);
    await page.getByRole("link", { name: "Previous" }).click();
    await expect(rowOf(page, pages[1]?.[0] ?? "")).toBeVisible();
    await expect.poll(() => namesOn(page)).toEqual(pages[1]);
    await page.goBack();
    await expect(rowOf(page, pages[2]?.[0] ?? "")).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(rowOf(page, pages[0]?.[0] ?? "")).toBeVisible();
    await header.getByRole("link").click();
    await expect(header).toHaveAttribute("aria-sort", "descending");
    await expect(page.getByRole("row").nth(1)).toContainText("same 2");
  });
}

test("going back restores a filter and its list, and the search box with it", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const kept = await token(person, { description: "kept" });
  const other = await token(person, { description: "other" });
  await page.goto("/tokens?q=kept");
  await expect(rowOf(page, kept.name)).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rowOf(page, other.name)).toBeVisible();
  await page.goBack();
  await expect(rowOf(page, other.name)).toHaveCount(0);
  await expect(page.getByRole("searchbox", { name: "Search tokens" })).toHaveValue("kept");
});

test("what an address asks for in vain falls back and never fails", async ({ asUser, token }) => {
  const person = await asUser();
  const { name } = await token(person);
  const hostile = [
    ...[
      "sort=hash",
      "sort=--name",
      "state=dead",
      "expires=soon",
      "used=1y",
      "after=x",
      "before=%00",
    ],
    ...["after=eyJ4IjoxfQ", "q=%00", "q=%ED%A0%80", "sort=name&sort=kind", "kind=session%00"],
    ...[`q=${"y".repeat(5_000)}`, "owner=%27%3B--", "q=%25", "q=_", "q=%5C"],
  ];
  for (const query of hostile) {
    const answer = await person.context.request.get(`/tokens?${query}`);
    expect([query, answer.status()]).toEqual([query, 200]);
  }
  await person.page.goto("/tokens?after=forged");
  await expect(rowOf(person.page, name)).toBeVisible();
});

test("an empty list offers to create a token, a filtered one to clear the filters", async ({
  asUser,
}) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  await expect(page.getByRole("heading", { name: "No tokens yet" })).toBeVisible();
  await page.getByRole("button", { name: "Create your first token" }).click();
  await expect(page.getByRole("dialog", { name: "Create token" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.goto("/tokens?q=nothing");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page
    .getByRole("region", { name: "Tokens" })
    .getByRole("link", { name: "Clear filters" })
    .click();
  await expect(page).toHaveURL("/tokens");
});

test("administrators filter by owner, and an owner's name leads to that filter", async ({
  asUser,
  asAdmin,
  token,
}) => {
  const [owner, other, admin] = [await asUser(), await asUser(), await asAdmin()];
  const { name } = await token(owner);
  const { name: foreign } = await token(other);
  const { page } = admin;
  await page.goto(`/admin/tokens?q=${name}`);
  await page.getByRole("link", { name: owner.username }).click();
  await expect(page).toHaveURL(new RegExp(`owner=%3D${owner.username}`));
  await page.goto(`/admin/tokens?owner=${owner.username}`);
  await expect(rowOf(page, name)).toBeVisible();
  await expect(rowOf(page, foreign)).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search tokens" }).fill(`owner:${other.username}`);
  await page.keyboard.press("Enter");
  await expect(rowOf(page, foreign)).toBeVisible();
  await expect(rowOf(page, name)).toHaveCount(0);
});

test("times are relative, with the exact instant in the reader's zone on hover and focus", async ({
  asUser,
  token,
}) => {
  const person: Person = await asUser();
  const { name } = await token(person, { ttlMs: 30 * DAY_MS });
  const { status } = await (await person.program.get(`${TOKENS}/${name}`)).json();
  const exact = new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
    timeZone: "Europe/Berlin",
  }).format(new Date(status.expiresAt));
  await person.page.goto("/tokens");
  const time = rowOf(person.page, name).getByText("in 30 days").first();
  const shown = rowOf(person.page, name).getByText(exact);
  await expect(shown).toBeHidden();
  await time.hover();
  await expect(shown).toBeVisible();
  await person.page.mouse.move(0, 0);
  await person.page.keyboard.press("Tab");
  await time.focus();
  await expect(shown).toBeVisible();
});
