// `npm test`: everything, in order from quick to slow, and a count at the end.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { providePrerequisites } from "./prerequisites.mjs";

const RESULTS = "test-results";
const MESSAGE_LENGTH_MAX = 600;
const total = { passed: 0, failed: 0, skipped: 0 };
// Told once more at the end: of a long log often only that is kept.
const failures = [];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
process.env.NEXT_TELEMETRY_DISABLED = "1";

step("prerequisites", () => providePrerequisites());
step("format and lint", () => run("npx", ["biome", "check", "."]));
step("types of the routes", () => run("npx", ["next", "typegen"]));
step("types", () => run("npx", ["tsc", "--noEmit"]));
step("import rules", () => run("npx", ["depcruise", "--config", ".dependency-cruiser.cjs", "."]));
step("dead code", () => run("npx", ["knip"]));
suite("rules, verbs and API", vitest("unit"), readVitest);
suite("a million rows", vitest("scale", ["--config", "vitest.scale.config.ts"]), readVitest);
step("build", () => run("npm", ["run", "build"]));
suite("journeys", journeys(), readJourneys);

const { passed, failed, skipped } = total;
// What was skipped guarantees nothing.
if (skipped > 0) console.log(`\n${skipped} tests were skipped and count as failed.`);
for (const failure of failures) console.log(`\nFAILED: ${failure}`);
console.log(`\n${passed} passed, ${failed + skipped} failed`);
process.exitCode = failed + skipped > 0 ? 1 : 0;

function step(name, work) {
  const isDone = attempt(name, work);
  total[isDone ? "passed" : "failed"] += 1;
  if (!isDone) failures.push(name);
}

/** A runner with tests of its own: they are counted, and a run without any is a failure. */
function suite(name, { work, file }, read) {
  const isDone = attempt(name, work);
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  if (!counts || counts.passed + counts.failed === 0) {
    total.failed += 1;
    failures.push(`${name}: no test ran`);
    return;
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  // A runner may fail although no test did: an error outside of them, a leak.
  if (isDone || counts.failed > 0) return;
  total.failed += 1;
  failures.push(`${name}: something outside of its tests`);
}

function attempt(name, work) {
  const startedAt = performance.now();
  console.log(`\n=== ${name}`);
  let isDone = true;
  try {
    work();
  } catch (error) {
    console.error(error.message);
    isDone = false;
  }
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`--- ${name}: ${isDone ? "ok" : "FAILED"} (${seconds} s)`);
  return isDone;
}

function run(command, args) {
  const { status, signal, error } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(error?.message ?? `${command} ended with ${status ?? signal}`);
}

function vitest(name, args = []) {
  const file = `${RESULTS}/${name}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return { file, work: () => run("npx", ["vitest", "run", ...args, ...reporters]) };
}

function readVitest({
  numPassedTests,
  numFailedTests,
  numPendingTests,
  numTodoTests,
  testResults,
}) {
  for (const { assertionResults } of testResults) {
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status !== "failed") continue;
      failures.push(`${fullName}\n${failureMessages.join("\n").slice(0, MESSAGE_LENGTH_MAX)}`);
    }
  }
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

function journeys() {
  return { file: `${RESULTS}/journeys.json`, work: () => run("npx", ["playwright", "test"]) };
}

function readJourneys({ stats }) {
  const { expected, flaky, unexpected, skipped } = stats;
  if (unexpected > 0) failures.push(`${unexpected} journeys, see above`);
  if (flaky > 0) console.log(`\n${flaky} journeys needed a second try.`);
  return { passed: expected + flaky, failed: unexpected, skipped };
}
