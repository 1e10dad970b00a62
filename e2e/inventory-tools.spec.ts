import type { APIRequestContext, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { expectAccessible } from "./accessible";
import { rowOf } from "./console";
import { expect, type Person, test } from "./fixtures";
import { LOOKS } from "./looks";

async function download(page: Page, label: string): Promise<{ name: string; text: string }> {
  await page.getByText("Export", { exact: true }).click();
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: label }).click();
  const file = await started;
  const text = (await (await file.createReadStream()).toArray()).join("");
  return { name: file.suggestedFilename(), text };
}

for (const javaScriptEnabled of [true, false]) {
  test(`what the filter matches is exported as CSV and JSON lines, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    asUser,
    token,
  }) => {
    const person = await asUser({ javaScriptEnabled });
    const { page } = person;
    const made = await token(person, { description: "=1+1 deploy" });
    await token(person, { description: "something else" });
    await page.goto("/tokens?q=deploy&sort=name");
    const csv = await download(page, "CSV");
    expect(csv.name).toMatch(/^latchkey-tokens-\d{4}-.*Z\.csv$/);
    const rows: string[][] = parse(csv.text, {
      bom: true,
      record_delimiter: "\r\n",
      relax_column_count: true,
    });
    expect(rows).toHaveLength(3);
    expect(rows[0]?.[0]).toMatch(/exported at 2.*filter: \?q=deploy$/);
    const [, header = [], row = []] = rows;
    expect(row[header.indexOf("name")]).toBe(made.name);
    expect(row[header.indexOf("description")]).toBe("'=1+1 deploy");

    await page.goto("/tokens?q=deploy");
    const lines = await download(page, "JSON lines");
    const [head, first, ...more] = lines.text.trimEnd().split("\n");
    expect(JSON.parse(head ?? "")).toMatchObject({ kind: "TokenExport", filter: { q: "deploy" } });
    expect(JSON.parse(first ?? "")).toMatchObject({
      name: made.name,
      owner: person.username,
      description: "=1+1 deploy",
      state: "active",
    });
    expect(more).toEqual([]);
    for (const { text } of [csv, lines]) expect(text).not.toContain(made.value);
  });
}

test("programs export what their token may see, and no filter is guessed", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [admin, person] = [await asAdmin(), await asUser()];
  const { name } = await token(person, { description: "for programs" });
  const path = "/apis/inventory.latchkey/v1/tokens";
  const own = await person.program.get(path);
  expect(own.headers()["content-type"]).toBe("application/x-ndjson");
  const [head, ...tokens] = (await own.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(head).toMatchObject({ whose: "own" });
  expect(tokens.map((token) => token.name)).toEqual([name]);
  const all = await admin.program.get(`${path}?owner=%3D${person.username}&format=csv`);
  expect(await all.text()).toContain(name);
  for (const query of ["colour=red", "state=asleep", "format=xlsx", "sort=name", "q=a&q=b"]) {
    expect((await admin.program.get(`${path}?${query}`)).status()).toBe(400);
  }
  expect((await admin.program.post(path)).status()).toBe(405);
  const page = await person.context.request.get("/tokens/export?colour=red");
  expect(page.status()).toBe(422);
  expect((await person.context.request.get("/admin/tokens/export")).status()).toBe(404);
});

test("a token is found by a pasted bearer or value that never leaves the browser", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [admin, person, stranger] = [await asAdmin(), await asUser(), await asUser()];
  const { name, value, bearer } = await token(person, { description: "leaked" });
  const sent: string[] = [];
  for (const { context } of [admin, person, stranger]) {
    context.on("request", (request) => {
      sent.push(request.url(), request.postData() ?? "", JSON.stringify(request.headers()));
    });
  }
  const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Find a token by its value" });
  async function paste(page: Page, path: string, text: string) {
    await page.goto(path);
    await page.getByRole("button", { name: "Find by value" }).click();
    const input = dialogOf(page).getByLabel("Bearer token or value");
    await expect(input).toBeFocused();
    await expect(input).toHaveAttribute("type", "password");
    await expect(input).toHaveAttribute("autocomplete", "off");
    await input.fill(text);
    await page.keyboard.press("Enter");
    await expect(input).toHaveValue("");
    return dialogOf(page);
  }
  for (const text of [bearer, value, `  token: ${bearer}  # of the shop`]) {
    const dialog = await paste(person.page, "/tokens", text);
    await expect(dialog).toContainText("This is its present value.");
    await expect(dialog.getByRole("link", { name })).toBeVisible();
  }
  const all = await paste(admin.page, "/admin/tokens", value);
  await expect(all).toContainText(person.username);
  const wrong = await paste(person.page, "/tokens", `ext/${name}:${"b".repeat(54)}`);
  await expect(wrong).toContainText("Only the name is right");
  const others = await paste(stranger.page, "/tokens", bearer);
  await expect(others).toContainText("No token that you may see has this value.");
  const nothing = await paste(stranger.page, "/tokens", "hello");
  await expect(nothing).toContainText("no bearer token and no value");

  await all.getByRole("link", { name }).click();
  await expect(admin.page).toHaveURL(`/tokens/${name}`);
  for (const { page } of [admin, person, stranger]) {
    const kept = await page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        location.href,
        history.state,
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
      ]),
    );
    expect(kept).not.toContain(value);
  }
  expect(sent.join("\n")).not.toContain(value);
  expect(sent.join("\n")).toContain("v1:sha256:");
});

test("a view is saved, opens by default, is shared with another administrator, and is deleted", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [admin, other, person] = [await asAdmin(), await asAdmin(), await asUser()];
  const { page } = admin;
  const name = `Idle of ${admin.username}`;
  const { name: made } = await token(person, { description: "of somebody" });
  await page.goto(`/admin/tokens?owner=${person.username}&used=never`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog).toContainText("Give it a name.");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("checkbox", { name: "Share with all administrators" }).check();
  await dialog.getByRole("checkbox", { name: "Make it my default" }).check();
  await dialog.getByRole("button", { name: "Save view" }).click();
  const shown = new RegExp(`/admin/tokens\\?owner=${person.username}&used=never&view=\\d+$`);
  await expect(page).toHaveURL(shown);
  await expect(page.getByRole("button", { name: `View: ${name}` })).toBeVisible();

  await page.goto("/admin/tokens");
  await expect(page).toHaveURL(shown);
  await expect(rowOf(page, made)).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL("/admin/tokens?view=none");
  await page.getByRole("button", { name: "Views" }).click();
  await expect(page.getByRole("menuitem", { name: "All tokens" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.keyboard.press("Escape");

  await other.page.goto("/admin/tokens?kind=all");
  await other.page.getByRole("button", { name: "Views" }).click();
  await other.page.getByRole("menuitem", { name }).click();
  await expect(other.page).toHaveURL(shown);
  await other.page.goto("/admin/tokens");
  await expect(other.page).toHaveURL("/admin/tokens");

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Manage views…" }).click();
  const manage = page.getByRole("dialog", { name: "Manage views" });
  await manage.getByRole("button", { name: `Rename: ${name}` }).click();
  await manage.getByRole("textbox", { name: `New name of ${name}` }).fill(`${name} 2`);
  await manage.getByRole("button", { name: "Save name" }).click();
  await manage.getByRole("button", { name: `Delete: ${name} 2` }).click();
  await expect(manage).toContainText("Every administrator loses it.");
  await manage.getByRole("button", { name: "Delete view" }).click();
  await expect(manage.getByText(`${name} 2`)).toHaveCount(0);
  await page.goto("/admin/tokens");
  await expect(page).toHaveURL("/admin/tokens");
});

test("a changed filter can be put into the view that it came from", async ({ asUser, token }) => {
  const person = await asUser();
  const { page } = person;
  await token(person);
  await page.goto("/tokens?state=active");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Mine");
  await expect(page.getByRole("checkbox", { name: "Share with all" })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "View: Mine" })).toBeVisible();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL("/tokens?state=active&sort=name");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Update “Mine”" }).click();
  await expect(page).toHaveURL(/\/tokens\?state=active&sort=name&view=\d+$/);
  await expect(page.getByRole("button", { name: "View: Mine" })).toBeVisible();
});

test("a default view opens without scripts too", async ({ asUser, newBrowser }) => {
  const person = await asUser();
  const { page, context } = person;
  await page.goto("/tokens?used=never");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Unused");
  await page.getByRole("checkbox", { name: "Make it my default" }).check();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "View: Unused" })).toBeVisible();
  const plain = await newBrowser({ javaScriptEnabled: false });
  await plain.addCookies(await context.cookies());
  const other = await plain.newPage();
  await other.goto("/tokens");
  await expect(other).toHaveURL(/\/tokens\?used=never&view=\d+$/);
  await other.getByRole("main").getByRole("link", { name: "Clear filters" }).first().click();
  await expect(other).toHaveURL("/tokens?view=none");
});

test("a token's page tells who and what has used it", async ({ asUser, token, program }) => {
  const person = await asUser();
  const { page } = person;
  const { name, bearer } = await token(person, { description: "used" });
  await page.goto(`/tokens/${name}`);
  const use = page.getByRole("region", { name: "Use" });
  await expect(use).toContainText("Never used");
  await expect(use.getByRole("img", { name: "Not used in the last 30 days." })).toBeVisible();

  const client = await program(bearer);
  for (let at = 0; at < 3; at += 1) {
    const agent = { "User-Agent": `deployer/${at % 2}` };
    expect((await client.get("/verify", { headers: agent })).status()).toBe(200);
  }
  await page.reload();
  await expect(use).toContainText("In use");
  await expect(use).toContainText("3 uses in the last 30 days");
  await expect(
    use.getByRole("img", { name: /^Used 3 times in the last 30 days, on 1 of/ }),
  ).toBeVisible();
  const agents = use.getByRole("table", { name: "User agents" });
  await expect(agents.getByRole("row", { name: /deployer\/0/ })).toContainText("2");
  await expect(use.getByRole("table", { name: /^Addresses/ })).toContainText("127.0.0.1");
  await use.getByText("What the score means").click();
  await expect(use.getByText("It never expires")).toBeVisible();
});

for (const { name: look, options } of LOOKS) {
  test(`the tools are accessible and fit, ${look}`, async ({ asAdmin, token, program }) => {
    const admin = await asAdmin({ ...options });
    const { page } = admin;
    const seen = (what: string) => expectAccessible(page, what);
    const { name, bearer } = await token(admin, { description: "deploys the shop" });
    await useIt(await program(bearer));
    await page.goto(`/admin/tokens?owner=${admin.username}`);
    await page.getByText("Export", { exact: true }).click();
    await seen("export menu");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Find by value" }).click();
    const find = page.getByRole("dialog");
    await find.getByLabel("Bearer token or value").fill(bearer);
    await page.keyboard.press("Enter");
    await expect(find).toContainText("This is its present value.");
    await seen("find found");
    await find.getByLabel("Bearer token or value").fill("hello");
    await page.keyboard.press("Enter");
    await expect(find).toContainText("no bearer token");
    await seen("find nothing");
    await page.keyboard.press("Escape");
    await viewsOf(admin, seen);
    await page.goto(`/tokens/${name}`);
    await page.getByText("What the score means").click();
    await page.getByRole("region", { name: "Use" }).scrollIntoViewIfNeeded();
    await seen("evidence");
  });
}

async function useIt(client: APIRequestContext): Promise<void> {
  for (const agent of ["curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64) a long name of a program"]) {
    await client.get("/verify", { headers: { "User-Agent": agent } });
  }
}

async function viewsOf({ page, username }: Person, seen: (what: string) => Promise<void>) {
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog).toContainText("Give it a name.");
  await seen("save view refused");
  const name = `A view of ${username} with quite a long name`;
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("checkbox", { name: "Share with all administrators" }).check();
  await dialog.getByRole("checkbox", { name: "Make it my default" }).check();
  await dialog.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("button", { name: `View: ${name}` }).click();
  await expect(page.getByRole("menuitem", { name })).toBeVisible();
  await seen("views menu");
  await page.getByRole("menuitem", { name: "Manage views…" }).click();
  await expect(dialog.getByRole("button", { name: `Rename: ${name}` })).toBeVisible();
  await seen("manage views");
  await dialog.getByRole("button", { name: `Rename: ${name}` }).click();
  await seen("rename view");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.getByRole("button", { name: `Delete: ${name}` }).click();
  await seen("delete view");
  await dialog.getByRole("button", { name: "Delete view" }).click();
  await expect(dialog.getByText(name)).toHaveCount(0);
  await page.keyboard.press("Escape");
}
