// Takes pictures of every page and dialog from the demo's data. The ones that the documentation
// shows go to docs/screenshots, all of them to test-results/screenshots.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { findChromium } from "./chromium.mjs";

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));

const ALL_DIR = "test-results/screenshots";
const SHOWN_DIR = "docs/screenshots";
const SHOWN = ["tokens", "reveal", "admin-tokens-dark"];

const WIDE = { width: 1_280, height: 800 };
const LOOKS = [
  { suffix: "", options: { colorScheme: "light", viewport: WIDE } },
  { suffix: "-dark", options: { colorScheme: "dark", viewport: WIDE } },
  {
    suffix: "-narrow",
    options: { colorScheme: "light", viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  },
];

async function startDemo() {
  const ports = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ["scripts/run.mjs", "demo"], {
    env: { ...process.env, PORT: String(ports[0]), HTTPS_PORT: String(ports[1]) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${output}`)));
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (output.includes("ready at https:")) resolve();
    });
  });
  const accounts = [...output.matchAll(/username: (\S+)\s+password: (\S+)\s+\((\w+)\)/g)];
  const accountOf = (wanted) => {
    const [, username, password] = accounts.find(([, , , role]) => role === wanted);
    return { username, password };
  };
  return { child, url: `http://localhost:${ports[0]}`, accountOf };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function signIn(context, { username, password }) {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Tokens", exact: true }).waitFor();
  return page;
}

async function take(page, name) {
  // What a page loads after itself: counts, findings, and what only scripts show.
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  await page.screenshot({ path: `${ALL_DIR}/${name}.png` });
}

async function takeDialogs(page, suffix) {
  await page.goto("/tokens?used=1d");
  const menus = page.getByRole("button", { name: /^Actions for/ });
  await menus.first().click();
  await page.getByRole("menuitem", { name: "Edit" }).waitFor();
  await take(page, `row-menu${suffix}`);
  for (const item of ["Edit", "Disable", "Delete"]) {
    await page.getByRole("menuitem", { name: item }).click();
    await page.getByRole("dialog").waitFor();
    await take(page, `${item.toLowerCase()}${suffix}`);
    await closeDialog(page);
    if (item !== "Delete") await menus.first().click();
  }
  await page.keyboard.press("?");
  await take(page, `shortcuts${suffix}`);
  await closeDialog(page);
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create token" });
  await dialog.getByRole("textbox", { name: "Description" }).fill("x".repeat(1_025));
  await dialog.getByRole("button", { name: "Create token" }).click();
  await dialog.getByRole("alert").or(dialog.locator("[aria-invalid]")).first().waitFor();
  await take(page, `create-refused${suffix}`);
  await dialog.getByRole("textbox", { name: "Description" }).fill("ci deploy");
  await dialog.getByRole("radio", { name: "2 hours" }).check();
  await take(page, `create${suffix}`);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const reveal = page.getByRole("dialog", { name: "Copy your token now" });
  await reveal.waitFor();
  await take(page, `reveal${suffix}`);
  await reveal.getByRole("checkbox").check();
  await reveal.getByRole("button", { name: "Done" }).click();
  await reveal.waitFor({ state: "detached" });
}

async function closeDialog(page) {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function takePages({ browser, demo, suffix, options }) {
  const newContext = () => browser.newContext({ ...options, baseURL: demo.url, locale: "en-GB" });
  const anonymous = await (await newContext()).newPage();
  await anonymous.goto("/sign-in");
  await take(anonymous, `sign-in${suffix}`);
  await anonymous.getByRole("textbox", { name: "Username" }).fill("annie");
  await anonymous.getByRole("textbox", { name: "Password" }).fill("not the password");
  await anonymous.getByRole("button", { name: "Sign in" }).click();
  await anonymous.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await take(anonymous, `sign-in-refused${suffix}`);

  const page = await signIn(await newContext(), demo.accountOf("user"));
  await take(page, `tokens${suffix}`);
  const pages = { "sign-ins": "?kind=session", filtered: "?state=expired", empty: "?q=nothing" };
  for (const [name, query] of Object.entries(pages)) {
    await page.goto(`/tokens${query}`);
    await take(page, `${name}${suffix}`);
  }
  await page.goto("/tokens?used=7d");
  await page
    .getByRole("link", { name: /^token-/ })
    .first()
    .click();
  await page.getByRole("heading", { name: "History" }).waitFor();
  await take(page, `token${suffix}`);
  await page.goto("/tokens/token-missing");
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  await take(page, `not-found${suffix}`);
  await takeDialogs(page, suffix);

  const admin = await signIn(await newContext(), demo.accountOf("admin"));
  await admin.goto("/admin/tokens");
  await take(admin, `admin-tokens${suffix}`);
}

mkdirSync(ALL_DIR, { recursive: true });
mkdirSync(SHOWN_DIR, { recursive: true });
const demo = await startDemo();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  for (const look of LOOKS) await takePages({ browser, demo, ...look });
  for (const name of SHOWN) copyFileSync(`${ALL_DIR}/${name}.png`, `${SHOWN_DIR}/${name}.png`);
  console.log(`The pictures are in ${ALL_DIR}, those of the documentation in ${SHOWN_DIR}.`);
} finally {
  await browser.close();
  demo.child.removeAllListeners("exit").kill("SIGTERM");
}
