import { slowDownTokens } from "@/db/testing/outages";
import { expectAccessible } from "./accessible";
import { finishReveal } from "./console";
import { onDatabase } from "./database";
import { expect, test } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { LOOKS } from "./looks";
import { ADMINISTRATOR } from "./people";
import { freezeDatabase } from "./postgres";
import { programOf, signIn, signInProgram } from "./sign-in";
import { mintToken, TOKENS } from "./tokens";

let latchkey: Latchkey;

test.beforeAll(async () => {
  latchkey = await startLatchkey({
    environment: {
      ADMIN_USERNAME: ADMINISTRATOR.username,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
  });
});
test.afterAll(() => removeLatchkey(latchkey));

test("a frozen database is a 503 that says so within six seconds, an action keeps what was typed, and everything recovers", async ({
  newBrowser,
  expectNoise,
}) => {
  expectNoise(/status of 503/);
  const context = await newBrowser({ baseURL: latchkey.url });
  await signIn(context, ADMINISTRATOR);
  const program = await programOf(latchkey, await signInProgram(latchkey, ADMINISTRATOR));
  const page = await context.newPage();
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create token" });
  const description = dialog.getByRole("textbox", { name: "Description" });
  await description.fill("typed in the storm");

  const timed = async (ask: () => Promise<{ status: () => number }>) => {
    const startedAt = performance.now();
    const status = (await ask()).status();
    return { status, ms: performance.now() - startedAt };
  };
  const wake = await freezeDatabase(latchkey);
  try {
    const readiness = await timed(() => program.get("/readyz"));
    expect(readiness).toEqual({ status: 503, ms: expect.any(Number) });
    expect(readiness.ms).toBeLessThan(2_000);
    expect((await timed(() => program.get("/healthz"))).status).toBe(200);

    const [document, list] = await Promise.all([
      timed(() => context.request.get("/tokens")),
      timed(() => program.get(TOKENS)),
    ]);
    for (const { status, ms } of [document, list]) {
      expect(status).toBe(503);
      expect(ms).toBeLessThan(6_000);
    }
    await dialog.getByRole("button", { name: "Create token" }).click();
    await expect(dialog.getByRole("alert")).toContainText("The database is not answering");
    await expect(description).toHaveValue("typed in the storm");

    const other = await context.newPage();
    const answer = await other.goto("/tokens");
    expect(answer?.status()).toBe(503);
    expect(answer?.headers()["retry-after"]).toBe("5");
    await expect(
      other.getByRole("heading", { name: "The database is not answering" }),
    ).toBeVisible();
  } finally {
    wake();
  }
  await expect.poll(async () => (await program.get("/readyz")).status()).toBe(200);
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("heading", { name: "Copy your token now" })).toBeVisible();
  await finishReveal(page);
  await expect(page.getByRole("cell", { name: "typed in the storm" })).toHaveCount(1);
  expect((await program.get(TOKENS)).status()).toBe(200);
  await program.dispose();
});

test("a list that takes too long is neither empty nor an outage, and keeps its filters", async ({
  newBrowser,
}) => {
  const context = await newBrowser({ baseURL: latchkey.url });
  await signIn(context, ADMINISTRATOR);
  const program = await programOf(latchkey, await signInProgram(latchkey, ADMINISTRATOR));
  for (let at = 0; at < 40; at += 1) await mintToken(latchkey, program, { description: "slow" });
  await program.dispose();
  await onDatabase(latchkey, (db) => slowDownTokens(db, 150));
  const page = await context.newPage();
  const answer = await page.goto("/admin/tokens?q=slow&sort=expires");
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "This takes too long" })).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search tokens" })).toHaveValue("slow");
  for (const { options } of LOOKS) {
    await page.setViewportSize(options.viewport);
    await page.emulateMedia({ colorScheme: options.colorScheme });
    await expectAccessible(page, "a list that takes too long");
  }
  const helps = page.getByRole("link", { name: "Show the newest first" });
  await expect(helps).toHaveAttribute("href", "/admin/tokens?q=slow");
});
