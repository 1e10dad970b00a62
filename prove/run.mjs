// `npm run prove -- <suite>|all [--seed <number>]`: the proofs in their full form, with a report.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { providePrerequisites } from "../scripts/prerequisites.mjs";
import { report } from "./report.mjs";
import { SUITES } from "./suites.mjs";

const LIMIT_MS = 3_600_000;
const { values, positionals } = parseArgs({
  options: { seed: { type: "string", default: String(Date.now() % 1_000_000) } },
  allowPositionals: true,
});
const names = positionals[0] === "all" ? Object.keys(SUITES) : positionals;
if (names.length === 0 || names.some((name) => !Object.hasOwn(SUITES, name))) {
  console.error(`Usage: npm run prove -- all|${Object.keys(SUITES).join("|")} [--seed <number>]`);
  process.exit(2);
}

providePrerequisites();
if (names.some((name) => SUITES[name].journeys)) run(["npm", "run", "build"], {});
const hasFailed = names.map(prove).includes(false);
process.exitCode = hasFailed ? 1 : 0;

function prove(name) {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-prove-"));
  const measuredFile = path.join(folder, "measured.jsonl");
  const environment = { PROVE: "full", PROVE_SEED: values.seed, PROVE_MEASURED: measuredFile };
  const startedAt = performance.now();
  console.log(`\n=== ${name}, seed ${values.seed}`);
  try {
    const tests = runnersOf(SUITES[name], folder).flatMap(({ command, file, read }) => {
      const isDone = run(command, environment);
      const found = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : [];
      // A runner without a test, or one that fails outside of them, proves nothing.
      if (found.length === 0 || (!isDone && found.every(({ passed }) => passed))) {
        found.push({ title: command.join(" "), passed: false, ms: 0 });
      }
      return found;
    });
    const measured = existsSync(measuredFile)
      ? readFileSync(measuredFile, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    report(name, { seed: Number(values.seed), seconds, tests, measured });
    const failed = tests.filter(({ passed }) => !passed);
    for (const { title } of failed) console.error(`FAILED: ${title}`);
    console.log(`--- ${name}: ${tests.length - failed.length} of ${tests.length} (${seconds} s)`);
    return failed.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runnersOf({ unit, journeys, programs = [] }, folder) {
  const runners = programs.map((args, at) => {
    const file = path.join(folder, `program-${at}`);
    return { command: ["node", ...args, file], file, read: (tests) => tests };
  });
  if (unit) {
    const file = path.join(folder, "unit");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const command = ["npx", "vitest", "run", ...unit, `--testTimeout=${LIMIT_MS}`, ...reporters];
    runners.push({ command, file, read: readVitest });
  }
  if (journeys) {
    const command = ["npx", "playwright", "test", ...journeys];
    const limits = ["--workers=1", `--timeout=${LIMIT_MS}`];
    const file = "test-results/journeys.json";
    runners.push({ command: [...command, ...limits], file, read: readPlaywright });
  }
  return runners;
}

function readVitest({ testResults }) {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status, duration }) => ({
      title: fullName,
      passed: status === "passed",
      ms: Math.round(duration ?? 0),
    })),
  );
}

function readPlaywright({ suites }) {
  return suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...readPlaywright({ suites: inner }),
    ...specs.map(({ title, ok, tests }) => ({
      title,
      passed: ok && tests.every(({ status }) => status !== "skipped"),
      ms: Math.round(tests.at(-1)?.results.at(-1)?.duration ?? 0),
    })),
  ]);
}

function run([command, ...args], environment) {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
  });
  return status === 0;
}
