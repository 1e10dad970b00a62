import { type RecordedAction, recordAction, replay, SAME_ORIGIN } from "./actions";
import { choose, rowOf } from "./console";
import { expect, type Person, test } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { signIn } from "./sign-in";
import { createByLink, freshName, letProofsAge, takeLink } from "./user-pages";

test("who is no administrator does not find the pages of users", async ({
  asUser,
  asAdmin,
  expectNoise,
}) => {
  expectNoise(/status of 404/);
  const [person, admin] = [await asUser(), await asAdmin()];
  for (const path of ["/admin/users", `/admin/users/${person.id}`, `/admin/users/${admin.id}`]) {
    expect((await person.page.goto(path))?.status()).toBe(404);
    await expect(person.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    const data = await person.context.request.get(`${path}?_rsc=1`, { headers: { RSC: "1" } });
    expect(await data.text()).not.toContain(admin.username);
  }
  await expect(person.page.getByRole("link", { name: "Users" })).toHaveCount(0);
  await admin.page.goto("/admin/users");
  await expect(admin.page.getByRole("link", { name: "Users" })).toHaveAttribute(
    "aria-current",
    "page",
  );
});

test("an administrator's actions do nothing for anybody else, and nothing from another site", async ({
  asUser,
  asAdmin,
  latchkey,
}) => {
  const [stranger, admin, target] = [await asUser(), await asAdmin(), await asUser()];
  const { username, actions } = await recordActions(admin);
  await admin.page.goto(`/admin/users?q=${target.username}`);
  const before = await rowOf(admin.page, target.username).textContent();
  for (const { id, action } of actions) {
    const aimed = { ...action, body: action.body.replaceAll(id, target.id) };
    const answer = await replay(stranger.context.request, aimed, SAME_ORIGIN);
    expect(answer.text).toMatch(/Only an administrator|forbidden/i);
    const evil = { Origin: "https://evil.test", "Sec-Fetch-Site": "cross-site" };
    const foreign = await replay(admin.context.request, aimed, evil);
    expect(foreign.text).not.toContain('"status":"done"');
  }
  await admin.page.reload();
  expect(await rowOf(admin.page, target.username).textContent()).toBe(before);
  await admin.page.goto(`/admin/users?q=${username}-again`);
  await expect(admin.page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();

  // Nor for an administrator whose proof is old.
  await letProofsAge(latchkey, admin);
  const changing = actions.filter(({ isChange }) => isChange);
  expect(changing.length).toBeGreaterThan(5);
  for (const { id, action } of changing) {
    const aimed = { ...action, body: action.body.replaceAll(id, target.id) };
    const answer = await replay(admin.context.request, aimed, SAME_ORIGIN);
    expect(answer.text).toContain('"needsProof":true');
  }
});

test.describe("the last enabled administrator", () => {
  let latchkey: Latchkey;
  test.beforeAll(async () => {
    const { username, password } = ADMINISTRATOR;
    const environment = { ADMIN_USERNAME: username, ADMIN_PASSWORD: password };
    latchkey = await startLatchkey({ environment });
  });
  test.afterAll(() => removeLatchkey(latchkey));

  test("is told plainly that they cannot be demoted, disabled or deleted", async ({
    newBrowser,
  }) => {
    const browser = await newBrowser({ baseURL: latchkey.url });
    await signIn(browser, ADMINISTRATOR);
    const page = await browser.newPage();
    const { username } = ADMINISTRATOR;
    await page.goto("/admin/users");
    const refusal = page.getByRole("dialog").getByRole("alert");
    const text = "The last enabled administrator cannot be demoted, disabled or deleted";
    for (const verb of ["Disable", "Delete"] as const) {
      await choose(page, username, verb);
      await page.getByRole("dialog").getByRole("button", { name: verb }).click();
      await expect(refusal).toContainText(text);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    await choose(page, username, "Edit");
    await page.getByRole("dialog").getByRole("radio", { name: "Verifier" }).check();
    await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
    await expect(refusal).toContainText(text);
    await page.keyboard.press("Escape");

    const other = freshName();
    await page.getByRole("button", { name: "Create user" }).click();
    const dialog = page.getByRole("dialog", { name: "Create user" });
    await dialog.getByRole("textbox", { name: "Username" }).fill(other);
    await dialog.getByRole("radio", { name: "Administrator" }).check();
    await dialog.getByRole("button", { name: "Create user" }).click();
    await takeLink(page);
    await choose(page, username, "Disable");
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });
});

interface Recorded {
  /** The user that the action was sent for. */
  id: string;
  action: RecordedAction;
  isChange: boolean;
}

// Every action of the users' pages, as an administrator sends it for a user made for that.
async function recordActions({ page }: Person): Promise<{ username: string; actions: Recorded[] }> {
  const username = freshName();
  await page.goto("/admin/users");
  await createByLink(page, username);
  await page.goto(`/admin/users?q=${username}`);
  const link = page.getByRole("main").getByRole("link", { name: username, exact: true });
  const id = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
  const actions: Recorded[] = [];
  const dialog = page.getByRole("dialog");
  const record = async (perform: () => Promise<unknown>, isChange = true) => {
    actions.push({ id, action: await recordAction(page, perform), isChange });
  };
  await choose(page, username, "Edit");
  await dialog.getByRole("radio", { name: "Administrator" }).check();
  await record(() => dialog.getByRole("button", { name: "Save changes" }).click());
  await expect(rowOf(page, username)).toContainText("Administrator");
  await choose(page, username, "Reset password");
  await record(() => dialog.getByRole("button", { name: "Create link" }).click());
  await takeLink(page);
  await choose(page, username, "End all sign-ins");
  await record(() => dialog.getByRole("button", { name: "End all sign-ins" }).click());
  await expect(dialog).toHaveCount(0);
  await record(() => choose(page, username, "Disable"), false);
  await record(() => dialog.getByRole("button", { name: "Disable" }).click());
  await expect(rowOf(page, username)).toContainText("Disabled");
  await record(() => choose(page, username, "Enable"));
  await expect(rowOf(page, username)).toContainText("Enabled");
  await choose(page, username, "Delete");
  await record(() => dialog.getByRole("button", { name: "Delete" }).click());
  await expect(rowOf(page, username)).toHaveCount(0);
  await page.getByRole("button", { name: "Create user" }).click();
  await dialog.getByRole("textbox", { name: "Username" }).fill(username);
  const create = await recordAction(page, () =>
    dialog.getByRole("button", { name: "Create user" }).click(),
  );
  await takeLink(page);
  const again = { ...create, body: create.body.replaceAll(username, `${username}-again`) };
  actions.push({ id, action: again, isChange: true });
  return { username, actions };
}
