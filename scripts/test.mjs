// Runs everything that can be tested and closes with one line: `N passed, N failed`. Counts the
// tests of vitest and Playwright, and each other step as one.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { provideChromium, provideKubectl } from "./test-tools.mjs";

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
process.env.NEXT_TELEMETRY_DISABLED = "1";

const REPORTS_DIR = "test-results";
const BIN = "node_modules/.bin";

const STEPS = [
  { name: "Chromium", run: provideChromium },
  { name: "kubectl", run: provideKubectl },
  { name: "format and lint", command: [`${BIN}/biome`, "check", "."] },
  { name: "types of the routes", command: [`${BIN}/next`, "typegen"] },
  { name: "types", command: [`${BIN}/tsc`, "--noEmit"] },
  {
    name: "import rules",
    command: [`${BIN}/depcruise`, "--config", ".dependency-cruiser.cjs", "."],
  },
  { name: "dead code", command: [`${BIN}/knip`] },
  { name: "rules, verbs and HTTP", ...vitest("unit") },
  { name: "a million tokens", ...vitest("scale", "--config", "vitest.scale.config.ts") },
  { name: "build", command: [process.execPath, "scripts/run.mjs", "build"] },
  {
    name: "journeys",
    command: [`${BIN}/playwright`, "test"],
    report: { file: `${REPORTS_DIR}/journeys.json`, read: readPlaywright },
  },
];

function vitest(name, ...options) {
  const file = `${REPORTS_DIR}/${name}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    command: [`${BIN}/vitest`, "run", ...reporters, ...options],
    report: { file, read: readVitest },
  };
}

function readVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

function readPlaywright({ stats }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}

// What was skipped guarantees nothing, and a step that ends badly has failed whatever it counted.
async function runStep({ run, command, report }) {
  if (run) {
    run();
    return { passed: 1, failed: 0 };
  }
  if (report) rmSync(report.file, { force: true });
  const isGood = await execute(command);
  if (!report) return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
  const { passed, failed, skipped } = report.read(JSON.parse(readFileSync(report.file, "utf8")));
  if (skipped > 0) console.log(`${skipped} skipped tests count as failed.`);
  const allFailed = failed + skipped;
  return { passed, failed: isGood || allFailed > 0 ? allFailed : 1 };
}

function execute([program, ...args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}

mkdirSync(REPORTS_DIR, { recursive: true });
const total = { passed: 0, failed: 0 };
const summary = [];
for (const step of STEPS) {
  console.log(`\n── ${step.name} ──`);
  const startedAt = performance.now();
  const result = await runStep(step).catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  summary.push(`${result.failed > 0 ? "✗" : "✓"} ${step.name} (${seconds} s)`);
  total.passed += result.passed;
  total.failed += result.failed;
}
console.log(`\n${summary.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
