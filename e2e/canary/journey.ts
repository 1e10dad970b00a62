import { randomBytes } from "node:crypto";
import { type BrowserContext, expect } from "@playwright/test";
import { choose, createToken, finishReveal, rowOf } from "../console";
import { ADMINISTRATOR } from "../people";
import { signIn, signInProgram } from "../sign-in";
import { remainsIn } from "../traces";
import { createByLink, setPassword } from "../user-pages";
import type { Canary, Place } from "./find";
import { placeOf } from "./find";
import { ask, bearing, misuseToken, presentToken } from "./requests";
import {
  changePassword,
  disableInBulk,
  expectNoStores,
  fillSignIn,
  findByValue,
  mintByProgram,
  readPages,
  saveView,
} from "./steps";

/** What the secret of the link is called that a person chooses a password with. */
export const LINK_SECRET = "the secret of the link";

/** What was seen of a journey, and what was in it that must be nowhere else. */
export interface Journey {
  /** Each of them is in exactly one answer. */
  revealed: Canary[];
  /** In no answer at all. */
  passwords: Canary[];
  /** What is no secret, and so has to be found. */
  marker: Canary;
  name: string;
  /** Pages at moments when nothing of it may be there. */
  looks: Place[];
  reveal: Place;
}

interface Travellers {
  url: string;
  user: BrowserContext;
  admin: BrowserContext;
}

// With what is written otherwise in an address, in HTML, in SQL and in JSON.
const aPassword = (of: string) => `${of}'s "grün" & <100%> \\ ${randomBytes(9).toString("hex")}`;

/** One token, password and sign-in on all their ways, by a person at a browser and by programs. */
export async function travel({ url, user, admin }: Travellers): Promise<Journey> {
  const [first, changed, wrong] = [aPassword("first"), aPassword("changed"), aPassword("wrong")];
  const description = `marker ${randomBytes(9).toString("hex")}`;
  const username = `traveller-${randomBytes(4).toString("hex")}`;
  const [page, adminPage] = [await user.newPage(), await admin.newPage()];
  const looks: Place[] = [];
  const look = async (moment: string) => {
    for (const of of [page, adminPage]) looks.push(placeOf(moment, await remainsIn(of)));
  };

  await signIn(admin, ADMINISTRATOR);
  await adminPage.goto("/admin/users");
  const link = await createByLink(adminPage, username);
  await setPassword(page, link, first);
  await page.getByRole("link", { name: "Go to sign-in" }).click();
  await fillSignIn(page, username, wrong);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Wrong user name");
  await look("a wrong password");
  await fillSignIn(page, username, first);
  await expect(page.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();
  await look("signed in");

  const token = await createToken(page, { description });
  await token.reveal.getByRole("button", { name: "Copy token" }).click();
  await token.reveal.getByText("Ready-made commands").click();
  const reveal = placeOf("the reveal", await remainsIn(page));
  await finishReveal(page);
  await look("the reveal is closed");

  await choose(page, token.name, "Edit");
  await page.getByRole("textbox", { name: "Description" }).fill(`${description} edited`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(rowOf(page, token.name)).toContainText("edited");
  await look("edited");
  const session = await signInProgram({ url }, { username, password: first });
  const adminSession = await signInProgram({ url }, ADMINISTRATOR);
  const minted = await mintByProgram(url, session);
  const used = await presentToken(url, token, adminSession);
  expect(used.filter((status) => status >= 300)).toEqual([]);
  const misused = await misuseToken(url, token);
  expect(misused.filter((status) => status >= 500)).toEqual([]);
  await findByValue(page, token.bearer);
  await look("found by its value");
  await saveView(page, token.name);
  await look("a view is saved");
  await readPages(page, adminPage, token.name, look);
  await changePassword(page, first, changed);
  await look("the password is changed");
  await disableInBulk(page, token.name);
  await look("disabled in bulk");
  const { status } = await ask(`${url}/verify`, { headers: bearing(token.bearer) });
  expect(status).toBe(401);
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await look("signed out");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await look("back after that");
  await expectNoStores(page);

  return {
    revealed: [
      { what: "the token's value", text: token.value },
      { what: "the value of a program's token", text: minted },
      { what: "a program's sign-in", text: session },
      { what: "an administrator's sign-in by a program", text: adminSession },
      { what: LINK_SECRET, text: new URL(link, url).hash.slice(1) },
    ],
    passwords: [
      { what: "the password", text: first, isGuessable: true },
      { what: "the changed password", text: changed, isGuessable: true },
      { what: "the wrong password", text: wrong, isGuessable: true },
      { what: "the administrator's password", text: ADMINISTRATOR.password, isGuessable: true },
    ],
    marker: { what: "the description", text: description },
    name: token.name,
    looks,
    reveal,
  };
}
