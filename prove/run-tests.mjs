import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { isJourney } from "./requirements.mjs";

const UNIT_RESULTS = "proof-unit.json";
const JOURNEY_RESULTS = "test-results/journeys.json";

/**
 * Runs these tests in a copy of the project, in their quick form, and tells of each test that ran its
 * file, title and status: "passed" or something else. Builds the pages before journeys.
 */
export function runTests({ folder }, tests) {
  const journeys = tests.filter(({ file }) => isJourney(file));
  const units = tests.filter(({ file }) => !isJourney(file));
  return [
    ...(units.length > 0 ? runUnits(folder, units) : []),
    ...(journeys.length > 0 ? runJourneys(folder, journeys) : []),
  ];
}

function runUnits(folder, tests) {
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${UNIT_RESULTS}`];
  const results = path.join(folder, UNIT_RESULTS);
  rmSync(results, { force: true });
  run(folder, [
    "node_modules/.bin/vitest",
    "run",
    ...filesOf(tests),
    "-t",
    namesOf(tests),
    ...reporters,
  ]);
  return read(results, ({ testResults }) =>
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status !== "skipped" && status !== "pending")
        .map(({ title, status, duration }) => ({
          file: path.relative(folder, name),
          title,
          status,
          ms: Math.round(duration ?? 0),
        })),
    ),
  );
}

function runJourneys(folder, tests) {
  const results = path.join(folder, JOURNEY_RESULTS);
  rmSync(results, { force: true });
  if (!run(folder, ["npm", "run", "build"])) throw new Error("the pages could not be built");
  run(folder, [
    "node_modules/.bin/playwright",
    "test",
    ...filesOf(tests),
    "--grep",
    namesOf(tests),
  ]);
  return read(results, ({ suites }) => suites.flatMap((suite) => specsOf(suite, suite.file)));
}

function specsOf({ suites = [], specs = [] }, file) {
  return [
    ...suites.flatMap((suite) => specsOf(suite, file)),
    ...specs.map(({ title, ok, tests }) => ({
      file: `e2e/${file}`,
      title,
      status: ok && tests.every(({ status }) => status !== "skipped") ? "passed" : "failed",
      ms: tests.at(-1)?.results.at(-1)?.duration ?? 0,
    })),
  ];
}

function read(results, toTests) {
  return existsSync(results) ? toTests(JSON.parse(readFileSync(results, "utf8"))) : [];
}

function filesOf(tests) {
  return [...new Set(tests.map(({ file }) => file))];
}

// What every title has for certain: its longest part without a placeholder.
function namesOf(tests) {
  const parts = tests.map(({ title }) =>
    title
      .split(/%[sdifjo#]|\$\{[^}]*\}|\$\w+/)
      .sort((left, right) => right.length - left.length)[0]
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  return [...new Set(parts)].join("|");
}

function run(cwd, [command, ...args]) {
  const { PROVE, PROVE_MEASURED, NODE_OPTIONS, ...environment } = process.env;
  const env = { ...environment, NEXT_TELEMETRY_DISABLED: "1" };
  return spawnSync(command, args, { cwd, env, stdio: ["ignore", 2, 2] }).status === 0;
}
