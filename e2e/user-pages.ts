import { randomBytes } from "node:crypto";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { ageSignIns } from "@/db/testing/sign-ins";
import { onDatabase } from "./database";
import type { Address } from "./latchkey";
import type { Account } from "./people";

/** A username that nobody has yet. */
export function freshName(): string {
  return `new-${randomBytes(5).toString("hex")}`;
}

/** Creates a user through the dialog of the list; gives the one-time link, which is closed again. */
export async function createByLink(page: Page, username: string): Promise<string> {
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByRole("textbox", { name: "Username" }).fill(username);
  await dialog.getByRole("button", { name: "Create user" }).click();
  return takeLink(page);
}

/** Reads the one-time link off its dialog and closes that. */
export async function takeLink(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog", { name: "Copy the link now" });
  const link = await dialog.getByRole("textbox", { name: "One-time link" }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return link;
}

/** Opens a one-time link and sets a password with it. */
export async function setPassword(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox", { name: "New password" }).fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
}

/** Makes everything that a person proved older than what is asked for. */
export async function letProofsAge(latchkey: Address, { id }: Account): Promise<void> {
  await onDatabase(latchkey, (db) => ageSignIns(db, id, 16 * 60_000));
}

export async function isSignedIn(browser: BrowserContext): Promise<boolean> {
  const answer = await browser.request.get("/tokens", { maxRedirects: 0 });
  return answer.status() === 200;
}
