import { choose, createToken, finishReveal, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { TOKENS } from "./tokens";

let fresh: Latchkey;

test.beforeAll(async () => {
  fresh = await startLatchkey({ environment: { ADMIN_USERNAME: "", ADMIN_PASSWORD: "" } });
});
test.afterAll(() => removeLatchkey(fresh));

test("a fresh installation takes its first administrator from the printed password to a token that is used, shortened, stopped and deleted", async ({
  newBrowser,
  request,
}) => {
  const printed = /username: (\S+)\s+password: (\S+)\s+\(admin\)/.exec(fresh.output());
  const [, username = "", password = ""] = printed ?? [];
  const context = await newBrowser({ baseURL: fresh.url });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: fresh.url });
  const page = await context.newPage();

  await page.goto("/");
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Tokens", exact: true })).toBeVisible();

  const { reveal, name, bearer } = await createToken(page, { description: "ci deploy" });
  await reveal.getByRole("button", { name: "Copy bearer token" }).click();
  await expect(
    reveal.getByRole("status").filter({ hasText: "Bearer token copied" }),
  ).toBeAttached();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(bearer);
  await finishReveal(page);

  const list = () =>
    request.get(`${fresh.url}${TOKENS}`, { headers: { Authorization: `Bearer ${copied}` } });
  const found = async () => {
    const { items } = await (await list()).json();
    return items.find((item: { metadata: { name: string } }) => item.metadata.name === name);
  };
  expect((await list()).status()).toBe(200);
  expect(await found()).toMatchObject({
    spec: { description: "ci deploy", ttl: 2 * 60 * 60 * 1_000, enabled: true },
    status: { current: true, expired: false },
  });

  await choose(page, name, "Edit");
  const edit = page.getByRole("dialog", { name: "Edit token" });
  await edit.getByRole("radio", { name: "In 1 hour" }).check();
  await edit.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Changes saved" })).toBeVisible();
  const { spec } = await found();
  expect(spec.ttl).toBeLessThan(1.1 * 60 * 60 * 1_000);

  await choose(page, name, "Disable");
  const disable = page.getByRole("dialog", { name: "Disable this token?" });
  await disable.getByRole("textbox").fill(name);
  await disable.getByRole("button", { name: "Disable" }).click();
  await expect(rowOf(page, name)).toContainText("Disabled");
  expect((await list()).status()).toBe(401);

  await choose(page, name, "Enable");
  await expect(rowOf(page, name)).toContainText("Expires soon");
  expect((await list()).status()).toBe(200);

  await choose(page, name, "Delete");
  const question = page.getByRole("dialog", { name: "Delete this token?" });
  await question.getByRole("textbox").fill(name);
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(rowOf(page, name)).toHaveCount(0);
  expect((await list()).status()).toBe(401);
});
