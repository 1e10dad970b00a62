import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { chromium } from "@playwright/test";
import { findChromium } from "../scripts/chromium.mjs";
import { signIn, startLatchkey } from "./latchkey.mjs";
import { EMPTY_PAGE, measureServerTime } from "./page-cost.mjs";
import { median, report } from "./report.mjs";

const PAGE = "/tokens";
const STARTS = 5;

/** What a page of 25 tokens costs against an empty Next page, and how long a start takes. */
export async function run() {
  const results = { ...(await measurePages()), start: await measureStarts() };
  const { server, script, start } = results;
  const rows = [
    ["`/tokens` with 25 rows, server time", `${server.ratio} × an empty page`, "≤ 2 ×"],
    ["– median, p99 of `/tokens`", `${server.page.medianMs} ms, ${server.page.p99Ms} ms`, ""],
    [
      "– median, p99 of the empty page",
      `${server.empty.medianMs} ms, ${server.empty.p99Ms} ms`,
      "",
    ],
    ["its JavaScript above the empty page's", `${script.aboveKb} kB (gzip)`, "≤ 75 kB"],
    [
      "start on existing data to `/readyz`",
      `${start.existing.medianMs} ms, worst ${start.existing.worstMs} ms`,
      "≤ 3 s",
    ],
    [
      "first start to `/readyz`",
      `${start.fresh.medianMs} ms, worst ${start.fresh.worstMs} ms`,
      "≤ 6 s",
    ],
  ];
  report("console", results, [{ header: ["what", "measured", "goal"], rows }]);
}

async function measurePages() {
  const latchkey = await startLatchkey("demo", { LATCHKEY_BENCH: "1" });
  try {
    const cookie = await signIn(latchkey.url, "annie", "try-it-out-today");
    return {
      server: await measureServerTime(latchkey.url, cookie, PAGE),
      script: await measureScripts(latchkey.url, cookie),
    };
  } finally {
    await latchkey.stop();
  }
}

async function measureScripts(url, cookie) {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-background-networking"],
  });
  try {
    const [name, value] = cookie.split("=");
    const context = await browser.newContext();
    await context.addCookies([{ name, value, url }]);
    const emptyKb = await scriptKb(context, url + EMPTY_PAGE);
    const tokensKb = await scriptKb(context, url + PAGE);
    return { emptyKb, tokensKb, aboveKb: rounded(tokensKb - emptyKb) };
  } finally {
    await browser.close();
  }
}

async function scriptKb(context, address) {
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const compressed = await Promise.all(
    (await Promise.all(bodies)).map((body) => promisify(gzip)(body)),
  );
  await page.close();
  return rounded(compressed.reduce((sum, body) => sum + body.length, 0) / 1_000);
}

async function measureStarts() {
  const fresh = [];
  const existing = [];
  // Its first start may build the pages; that is not what is measured.
  await timeStart(mkdtempSync(path.join(tmpdir(), "latchkey-bench-")));
  for (let run = 0; run < STARTS; run += 1) {
    const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-bench-"));
    fresh.push(await timeStart(dataDir));
    existing.push(await timeStart(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { fresh: startSummary(fresh), existing: startSummary(existing) };
}

async function timeStart(dataDir) {
  const latchkey = await startLatchkey("server", { DATA_DIR: dataDir });
  await latchkey.stop();
  return latchkey.readyMs;
}

function startSummary(timesMs) {
  return { medianMs: Math.round(median(timesMs)), worstMs: Math.round(Math.max(...timesMs)) };
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}
