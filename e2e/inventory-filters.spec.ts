import type { Page } from "@playwright/test";
import { rowOf } from "./console";
import { expect, test } from "./fixtures";

const DAY_MS = 24 * 60 * 60 * 1_000;

const searchBox = (page: Page) => page.getByRole("searchbox", { name: "Search tokens" });
const chips = (page: Page) => page.getByRole("list", { name: "Filters" });
const namesOn = async (page: Page): Promise<string[]> => {
  const links = page.getByRole("main").getByRole("link", { name: /^token-\w{10}$/ });
  return (await links.allTextContents()).map((text) => text.trim()).sort();
};

test("a query is written with completion and applied by keyboard alone", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const unused = await token(person, { description: "deploy the site" });
  await token(person, { description: "deploy the shop", usedAgoMs: DAY_MS });
  await token(person, { description: "read only" });
  await page.goto("/tokens");
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(searchBox(page)).toBeFocused();
  await page.keyboard.type("us");
  const list = page.getByRole("listbox", { name: "What can be written" });
  await expect(list.getByRole("option").first()).toContainText("used:");
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("option", { selected: true })).toContainText("used:");
  await page.keyboard.press("Enter");
  await expect(searchBox(page)).toHaveValue("used:");
  await page.keyboard.type("ne");
  await expect(list.getByRole("option")).toHaveText(["neverNever used"]);
  await page.keyboard.press("Tab");
  await expect(searchBox(page)).toHaveValue("used:never ");
  await expect(list).toHaveCount(0);
  await page.keyboard.type("sta");
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(searchBox(page)).toHaveValue("used:never sta");
  for (let letter = 0; letter < 3; letter += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type('"deploy"');
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/tokens?q=deploy&used=never");
  await expect.poll(() => namesOn(page)).toEqual([unused.name]);
  await expect(searchBox(page)).toHaveValue("used:never deploy");
  await expect(searchBox(page)).toBeFocused();
});

for (const javaScriptEnabled of [true, false]) {
  const circumstance = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a word that is no filter is refused with what was meant, and nothing typed is lost, ${circumstance}`, async ({
    asUser,
    token,
  }) => {
    const person = await asUser({ javaScriptEnabled });
    const { page } = person;
    const paused = await token(person, { description: "paused", enabled: false });
    await token(person, { description: "works" });
    await page.goto("/tokens");
    await searchBox(page).fill("sate:disabled paused");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByText("There is no filter “sate”. Did you mean “state”?")).toBeVisible();
    await expect(searchBox(page)).toHaveValue("sate:disabled paused");
    await expect(searchBox(page)).toHaveAccessibleDescription(/There is no filter “sate”/);
    await page.getByRole("button", { name: "Use state:disabled" }).click();
    await expect(page).toHaveURL("/tokens?q=paused&state=disabled");
    await expect(rowOf(page, paused.name)).toBeVisible();
    expect(await namesOn(page)).toEqual([paused.name]);
  });
}

test("each filter is a chip in words that mouse and keyboard take out, and the focus goes on", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const { name } = await token(person, { description: "chips" });
  await page.goto("/tokens?q=chips&state=active&expires=30d&used=never&kind=all");
  await expect(chips(page).getByRole("link")).toHaveText([
    "Contains “chips”",
    "Active",
    "Expires within 30 days",
    "Never used",
    "Clear filters",
  ]);
  await chips(page).getByRole("link", { name: "Remove filter: Active" }).click();
  await expect(page).toHaveURL("/tokens?q=chips&kind=all&expires=30d&used=never");
  await expect(chips(page).getByRole("link", { name: /Expires within/ })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(page).toHaveURL("/tokens?q=chips&kind=all&used=never");
  await expect(chips(page).getByRole("link", { name: /Never used/ })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/tokens?kind=all");
  await expect(searchBox(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue("");
  await expect(rowOf(page, name)).toBeVisible();
});

test("what is being typed outlives a list that arrives meanwhile", async ({ asUser, token }) => {
  const person = await asUser();
  const { page } = person;
  await token(person, { description: "slow" });
  await page.goto("/tokens?state=active");
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toBeVisible();
  let arrive: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/tokens\?q=slow/, async (route) => {
    await held;
    await route.continue();
  });
  await searchBox(page).fill("slow");
  await page.keyboard.press("Enter");
  await searchBox(page).pressSequentially(" kind:ci");
  arrive();
  await expect(page).toHaveURL("/tokens?q=slow");
  await expect(chips(page).getByText("Contains “slow”")).toBeVisible();
  await expect(searchBox(page)).toHaveValue("slow kind:ci");
});

test("the number beside each value is how many tokens the list then has", async ({
  asAdmin,
  token,
}) => {
  const person = await asAdmin();
  const { page } = person;
  await token(person, { description: "used", usedAgoMs: DAY_MS / 2, kind: "ci" });
  await token(person, { description: "used long ago", usedAgoMs: 2 * DAY_MS });
  for (let index = 0; index < 3; index += 1) await token(person, { ttlMs: DAY_MS / 2 });
  await token(person, { enabled: false });
  const list = `/admin/tokens?owner=${person.username}`;
  const panel = page.getByRole("dialog", { name: "Add filter" });
  const cases: [string, string, number][] = [
    ["Last used", "Never used 4", 4],
    ["Last used", "Used in the last 7 days 2", 2],
    ["State", "Expires soon 3", 3],
    ["State", "Disabled 1", 1],
    ["Expiry", "Expires within 1 day 3", 3],
    ["Kind", "Kind is ci 1", 1],
    ["Owner’s role", "Owner is an administrator 6", 6],
  ];
  for (const [group, name, count] of cases) {
    // On a busy machine there may be no time to count.
    await expect(async () => {
      await page.goto(list);
      await page.getByRole("button", { name: "Add filter" }).click();
      await panel.locator("summary", { hasText: new RegExp(`^${group}$`) }).click();
      await expect(panel.getByRole("link", { name, exact: true })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 45_000 });
    await panel.getByRole("link", { name, exact: true }).click();
    await expect(panel).toBeHidden();
    await expect.poll(async () => (await namesOn(page)).length).toBe(count);
  }
});

test("a filter is added by keyboard alone: a value, a name, an address and days", async ({
  asAdmin,
}) => {
  const { page, username } = await asAdmin();
  await page.goto("/admin/tokens");
  const button = page.getByRole("button", { name: "Add filter" });
  const panel = page.getByRole("dialog", { name: "Add filter" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(panel.locator("summary").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.locator("summary").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/admin/tokens?state=active");
  await expect(button).toBeFocused();

  const open = async (group: string) => {
    await button.click();
    await panel.getByText(group, { exact: true }).click();
  };
  await open("Owner");
  await panel.getByRole("textbox", { name: "Name of the owner" }).fill(username);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/tokens?owner=${username}&state=active`);
  await open("Network address");
  await panel.getByRole("textbox", { name: "Address or network" }).fill("nowhere");
  await page.keyboard.press("Enter");
  await expect(panel.getByText(/^It can be an address such as/)).toBeVisible();
  await panel.getByRole("textbox", { name: "Address or network" }).fill("10.0.0.0/8");
  await page.keyboard.press("Enter");
  await expect(chips(page).getByText("Used from 10.0.0.0/8")).toBeVisible();
  await open("Created");
  await panel.getByRole("textbox", { name: "From day" }).fill("2026-01-01");
  await panel.getByRole("textbox", { name: "To day" }).fill("2026-01-31");
  await panel.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/created=2026-01-01\.\.2026-01-31/);
  await expect(chips(page).getByText("Created from 1 Jan 2026 to 31 Jan 2026")).toBeVisible();
  const empty = page.getByRole("region", { name: "Tokens" });
  await expect(empty.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await expect(empty.getByText("Used from 10.0.0.0/8")).toBeVisible();
});

test("counts that cannot be loaded are missed by nothing else, and said", async ({
  asUser,
  token,
  expectNoise,
}) => {
  expectNoise(/status of 503/);
  const person = await asUser();
  const { page } = person;
  const { name } = await token(person);
  await page.route(/\/tokens\/(facets|timeline)/, (route) => route.fulfill({ status: 503 }));
  await page.goto("/tokens");
  await expect(page.getByText("Counts could not be loaded")).toBeVisible();
  await expect(rowOf(page, name)).toBeVisible();
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("dialog").getByText("Last used", { exact: true }).click();
  await expect(page.getByRole("link", { name: "Never used", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Expiries" }).click();
  await expect(page.getByText("The timeline could not be loaded.")).toBeVisible();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("1 token ends in the next 90 days.")).toBeVisible();
});

test("a finding leads to the tokens it speaks of, and is gone while a filter is on", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const soon = [await token(person, { ttlMs: DAY_MS }), await token(person, { ttlMs: DAY_MS })];
  await token(person, { ttlMs: 60 * DAY_MS });
  await page.goto("/tokens");
  const findings = page.getByRole("region", { name: "Findings" });
  await findings.getByRole("link", { name: "2 tokens ending within 7 days" }).click();
  await expect(page).toHaveURL("/tokens?state=expires-soon&sort=-risk");
  await expect.poll(() => namesOn(page)).toEqual(soon.map(({ name }) => name).sort());
  await expect(findings).toHaveCount(0);
  await chips(page).getByRole("link", { name: "Clear filters" }).click();
  await expect(findings).toBeVisible();
});

test("a bar of the timeline leads to the tokens that end then, by mouse and by keyboard", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { page } = person;
  const cliff = [];
  for (let index = 0; index < 3; index += 1) {
    cliff.push((await token(person, { ttlMs: 20 * DAY_MS })).name);
  }
  await token(person, { ttlMs: 40 * DAY_MS });
  const day = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10);
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Expiries" }).click();
  const timeline = page.getByRole("region", { name: "Timeline of expiries" });
  await expect(timeline.getByText("4 tokens end in the next 90 days.")).toBeVisible();
  await timeline.getByRole("option", { name: /: 3 tokens$/ }).click();
  await expect(page).toHaveURL(`/tokens?state=live&expires=${day}`);
  await expect.poll(() => namesOn(page)).toEqual(cliff.sort());

  await page.goto("/tokens");
  await page.getByRole("button", { name: "Expiries" }).click();
  await timeline.getByRole("button", { name: "30 days" }).click();
  await expect(timeline.getByText("3 tokens end in the next 30 days.")).toBeVisible();
  await timeline.getByRole("listbox", { name: "Expiries" }).focus();
  await page.keyboard.press("Home");
  for (let step = 0; step < 20; step += 1) await page.keyboard.press("ArrowRight");
  await expect(timeline.getByText(/: 3 tokens/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/tokens?state=live&expires=${day}`);
});

test("a filter by owner never widens one's own list, and says that it was left out", async ({
  asUser,
  asAdmin,
  token,
}) => {
  const [owner, admin] = [await asUser(), await asAdmin()];
  const { name: foreign } = await token(owner);
  const { name } = await token(admin);
  const { page } = admin;
  for (const query of [`owner=${owner.username}`, "role=user", "owner-state=enabled"]) {
    await page.goto(`/tokens?${query}`);
    await expect(page.getByText(/This list has your own tokens alone/)).toBeVisible();
    expect(await namesOn(page)).toEqual([name]);
  }
  await searchBox(page).fill(`owner:${owner.username}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/all of these tokens are yours/)).toBeVisible();
  const facets = await admin.context.request.get(`/tokens/facets?owner=${owner.username}`);
  expect((await facets.json()).total).toEqual({ count: 1, isMore: false });
  expect(facets.headers()["cache-control"]).toBe("no-store");
  await page.goto(`/admin/tokens?owner=${owner.username}`);
  await expect(rowOf(page, foreign)).toBeVisible();
});

test("whatever of an address is unknown is said above the list", async ({ asUser, token }) => {
  const person = await asUser();
  const { page } = person;
  const { name } = await token(person);
  await page.goto("/tokens?state=dead&colour=red&sort=hash&q=");
  const main = page.getByRole("main");
  await expect(main.getByText("“state” cannot be “dead”, so it was left out.")).toBeVisible();
  await expect(main.getByText("There is no filter “colour”, so it was left out.")).toBeVisible();
  await expect(main.getByText("There is no order “hash”.")).toBeVisible();
  await expect(rowOf(page, name)).toBeVisible();
});
