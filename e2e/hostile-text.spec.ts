import type { Page } from "@playwright/test";
import { choose, rowOf } from "./console";
import { expect, test } from "./fixtures";
import { USERS } from "./kinds";
import { signIn } from "./sign-in";
import { readToken } from "./tokens";

const HOSTILE = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "<svg/onload=alert(1)>",
  "javascript:alert(1)",
  "</script><script>alert(1)</script>",
  "</title><b>bold</b>",
  "{{constructor.constructor('alert(1)')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to stay as it is
  "${alert(1)}",
  "' onmouseover='alert(1)",
  "<!--",
  "]]>",
  "\u2028alert(1)\u2029",
  "\u202Egpj.exe",
  "$RC('B:0')",
  "%3Cscript%3Ealert(1)%3C/script%3E",
];

test("hostile text in a description is shown as the text it is, in every list, page, dialog and message", async ({
  asUser,
  asAdmin,
  token,
}) => {
  const [owner, admin] = [await asUser(), await asAdmin()];
  const { page } = owner;
  const dialogs: string[] = [];
  for (const person of [owner, admin]) {
    person.page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }
  const made: [string, string][] = [];
  for (const text of HOSTILE) {
    made.push([(await token(owner, { description: text, usedAgoMs: 5 * 86_400_000 })).name, text]);
  }
  await page.goto("/tokens");
  await admin.page.goto(`/admin/tokens?owner=${owner.username}`);
  for (const [name, text] of made) {
    for (const shown of [page, admin.page]) {
      expect(await rowOf(shown, name).locator("td[title]").allTextContents()).toEqual([text]);
    }
    expect((await readToken(owner.program, name)).spec.description).toBe(text);
  }
  for (const [name, text] of made.slice(0, 5)) {
    await choose(page, name, "Edit");
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue(text);
    await page.keyboard.press("Escape");
    await choose(page, name, "Disable");
    await expect(page.getByRole("dialog")).toContainText(text);
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Disabled" })).toContainText(text);
    await page.goto(`/tokens/${name}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(text);
    await page.goto("/tokens");
  }
  expect(dialogs).toEqual([]);
});

test("hostile text in an address is shown as text in the search box", async ({ asUser }) => {
  const { page } = await asUser();
  for (const text of HOSTILE.slice(0, 6)) {
    await page.goto(`/tokens?${new URLSearchParams({ q: text, kind: text })}`);
    const chips = page.getByRole("list", { name: "Filters" });
    await expect(chips.getByText(`Contains “${text}”`, { exact: true })).toBeVisible();
    await expect(chips.getByText(`Kind is ${text}`, { exact: true })).toBeVisible();
    // As a query, which says the same when it is sent.
    await page.getByRole("searchbox").press("Enter");
    await page.waitForLoadState("networkidle");
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ q: text, kind: text });
    await expect(chips.getByText(`Contains “${text}”`, { exact: true })).toBeVisible();
  }
});

test("a hostile name of a user and a hostile browser are shown as text, also to administrators", async ({
  asUser,
  asAdmin,
  newBrowser,
}) => {
  const admin = await asAdmin();
  for (const text of HOSTILE.slice(0, 3)) {
    const person = await asUser({ userAgent: text });
    const renamed = await admin.program.patch(`${USERS}/${person.id}`, {
      headers: { "Content-Type": "application/merge-patch+json" },
      data: JSON.stringify({ displayName: text }),
    });
    expect(renamed.status()).toBe(200);
    expect((await person.context.request.get("/tokens")).status()).toBe(200);
    const other = await newBrowser();
    await signIn(other, person);
    const own = await other.newPage();
    const addresses: [Page, string][] = [
      [own, "/sessions"],
      [admin.page, `/admin/users/${person.id}`],
      [admin.page, `/admin/users?q=${person.username}`],
      [admin.page, `/sessions?scope=all&owner=${person.username}`],
    ];
    // A script that ran, or was kept from running, would be noise in the console.
    for (const [page, address] of addresses) {
      await page.goto(address);
      await expect(page.getByRole("main")).toContainText(text);
    }
    await own.goto("/account");
    await expect(own.getByRole("textbox", { name: "Display name" })).toHaveValue(text);
    await admin.page.goto(`/admin/audit?actor=${person.username}`);
    await expect(admin.page.getByRole("main")).toContainText(person.username);
    await other.close();
  }
});
