import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundleProgram, hashSource } from "../scripts/build.mjs";
import { environmentFor } from "./database.mjs";
import { orders, singles, triples } from "./inventory-cases.mjs";
import { addUser, signIn, startLatchkey } from "./latchkey.mjs";
import { measureServerTime } from "./page-cost.mjs";
import { report } from "./report.mjs";

const PAGE_SIZE = 50;
const DEEP_PAGES = 1_000;
const REPEATS = 3;
const TRIPLES = 300;
const PAGE = "/admin/tokens";
const ADMIN = {
  kind: "user",
  userId: "user-50",
  username: "bench",
  role: "admin",
  tokenName: "token-bench",
  tokenExpiresAt: null,
  origin: { requestId: null, address: null, userAgent: null },
};

/**
 * Lists, facets, findings and the timeline on a million tokens of 100,000 people and 5,000,000
 * events; ten million tokens with `--most`. `--data <folder>` keeps the filled database there, and
 * `--fill` does no more than that.
 */
export async function run(args) {
  const isMost = args.includes("--most");
  const tokens = isMost ? 10_000_000 : Number(optionOf(args, "--tokens") ?? 1_000_000);
  const size = { users: tokens / 10, tokens, events: 5 * Math.min(tokens, 1_000_000) };
  const engine = await loadEngine();
  const database = await provide(engine, optionOf(args, "--data"), size);
  try {
    if (args.includes("--fill")) return;
    const results = { size, ...(await measure(engine)), page: await measurePage(database) };
    report(isMost ? "inventory-most" : "inventory", results, [tableOf(results)]);
  } finally {
    await database.remove();
  }
}

async function measure(engine) {
  const results = {
    first: await measureEach(engine, singles()),
    order: await measureEach(engine, orders()),
    deep: await measureEach(engine, await deepPages(engine)),
    triples: await measureEach(engine, triples(TRIPLES)),
    facets: await measureEach(
      engine,
      singles().filter((_, at) => at % 18 === 12),
      facets,
    ),
    findings: await measureEach(engine, [{ name: "findings", params: {} }], ({ tokenFindings }) =>
      tokenFindings(ADMIN),
    ),
    timeline: await measureEach(engine, [{ name: "timeline", params: {} }], (verbs, filter) =>
      verbs.expiryTimeline(ADMIN, filter, 90),
    ),
    exports: {
      csv: await measureExport(engine, "csv"),
      jsonl: await measureExport(engine, "jsonl"),
    },
  };
  return results;
}

// The page of everybody's tokens, as a browser asks for it.
async function measurePage(database) {
  const environment = { ...environmentFor(database), LATCHKEY_BENCH: "1" };
  const latchkey = await startLatchkey("server", environment);
  try {
    const { username, password } = addUser(environment, "admin");
    const cookie = await signIn(latchkey.url, username, password);
    return await measureServerTime(latchkey.url, cookie, PAGE);
  } finally {
    await latchkey.stop();
  }
}

// Of everything, taken as fast as it comes; memory is that of the whole process at its highest.
async function measureExport({ exportTokens, parseTokenFilter }, format) {
  const before = process.memoryUsage().rss;
  let peak = before;
  let lines = 0;
  const startedAt = performance.now();
  const { chunks } = await exportTokens(ADMIN, parseTokenFilter({ kind: "all" }), format);
  for await (const chunk of chunks) {
    lines += chunk.split("\n").length - 1;
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    rows: lines,
    rowsPerSecond: Math.round(lines / seconds),
    grownMb: Math.round((peak - before) / 1e6),
  };
}

async function facets({ tokenFacets }, filter) {
  return tokenFacets(ADMIN, filter);
}

function list({ listTokens }, filter) {
  return listTokens(ADMIN, filter, { size: PAGE_SIZE });
}

async function deepPages(engine) {
  const pages = [];
  for (const one of orders()) pages.push(await deepened(engine, one));
  return pages;
}

// The 1,000th page is reached as a person would, only in bigger steps.
async function deepened(engine, { name, params }) {
  let filter = engine.parseTokenFilter(params);
  const step = { size: 1_000 };
  for (let at = 0; at < (PAGE_SIZE * DEEP_PAGES) / step.size; at += 1) {
    const { next } = await engine.listTokens(ADMIN, filter, step);
    if (next) filter = { ...filter, after: next };
  }
  return { name: `${name}, page 1,000`, params: { ...params, after: filter.after } };
}

async function measureEach(engine, cases, work = list) {
  const measured = [];
  for (const { name, params } of cases) {
    const filter = engine.parseTokenFilter(params);
    const times = [];
    for (let repeat = 0; repeat <= REPEATS; repeat += 1) {
      const startedAt = performance.now();
      // A statement that takes longer than five seconds is ended; its time counts all the same.
      await work(engine, filter).catch(() => undefined);
      // The first one only warms up.
      if (repeat > 0) times.push(performance.now() - startedAt);
    }
    measured.push({ name, times });
  }
  return summary(measured);
}

function summary(measured) {
  const all = measured.flatMap(({ times }) => times).toSorted((a, b) => a - b);
  const worst = measured
    .map(({ name, times }) => ({ name, ms: rounded(middle(times)) }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 12);
  return {
    cases: measured.length,
    medianMs: rounded(middle(all)),
    p95Ms: rounded(all[Math.floor(all.length * 0.95)]),
    worst,
  };
}

function tableOf({ first, order, deep, triples: three, facets: counts, ...rest }) {
  const { findings, timeline, exports, page } = rest;
  const row = (what, { cases, medianMs, p95Ms, worst }, goal) => [
    what,
    String(cases),
    `${medianMs} ms`,
    `${p95Ms} ms`,
    `${worst[0]?.ms} ms (${worst[0]?.name})`,
    goal,
  ];
  return {
    header: ["what", "cases", "median", "p95", "slowest case", "goal (p95)"],
    rows: [
      row("one filter, any order, first page", first, "≤ 50 ms"),
      row("any order, first page", order, "≤ 50 ms"),
      row("any order, 1,000th page", deep, "≤ 50 ms"),
      row("three filters, any order", three, "≤ 150 ms"),
      row("facet counts", counts, "≤ 400 ms"),
      row("findings", findings, ""),
      row("timeline of 90 days", timeline, ""),
      ...Object.entries(exports).map(([format, { rows, rowsPerSecond, grownMb }]) => [
        `export of everything as ${format}`,
        rows.toLocaleString("en"),
        `${rowsPerSecond.toLocaleString("en")} rows a second`,
        `${grownMb} MB more memory`,
        "",
        "≥ 40,000 rows a second, ≤ 100 MB",
      ]),
      [
        `\`${PAGE}\` against an empty page of the same process`,
        String(page.page.requests),
        `${page.ratio} × (${page.page.medianMs} ms to ${page.empty.medianMs} ms)`,
        `p99 ${page.page.p99Ms} ms to ${page.empty.p99Ms} ms`,
        "",
        "≤ 2.5 ×",
      ],
    ],
  };
}

async function loadEngine() {
  mkdirSync("dist", { recursive: true });
  const bundle = await bundleProgram(
    "bench-inventory",
    "bench/programs/inventory.ts",
    hashSource(),
  );
  const { engine } = await import(pathToFileURL(bundle).href);
  return engine;
}

async function provide(engine, folder, size) {
  const dataDir = folder ?? mkdtempSync(path.join(tmpdir(), "latchkey-bench-"));
  const filled = path.join(dataDir, `filled-${size.tokens}`);
  const { url, stop } = await engine.startEmbeddedDatabase({ dataDir });
  const { role } = await engine.migrateDatabase(url);
  if (!existsSync(filled)) {
    const startedAt = performance.now();
    await engine.fillInventoryAt(url, size);
    writeFileSync(filled, "");
    console.log(`filled in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
  engine.openDatabase({ url, poolSize: 4, ...(role ? { role } : {}) });
  return {
    url,
    remove: async () => {
      await engine.closeDatabase();
      await stop();
      if (folder) return;
      await engine.removeEmbeddedDatabase({ dataDir });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function optionOf(args, name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rounded(value) {
  return Math.round(value * 10) / 10;
}
