// Lets scanners that others wrote loose on a running build with sample data, one after the other, and
// writes what they found into the file that is its last argument.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { signIn, startLatchkey } from "../../bench/latchkey.mjs";
import { provideProgram } from "../../scripts/prerequisites.mjs";
import { EXPLAINED } from "./explained.mjs";
import { SCANNERS } from "./scanners.mjs";

const ADMINISTRATOR = { username: "ada", password: "try-it-out-today" };
const WORDS = "/usr/share/dirb/wordlists/common.txt";

const [file, only] = process.argv.slice(2).toReversed();
const folder = mkdtempSync(path.join(tmpdir(), "latchkey-outside-"));
const tests = [];
const latchkey = await startLatchkey("demo");
try {
  const context = await look(latchkey);
  for (const [name, scanner] of Object.entries(SCANNERS)) {
    if (!only || only === name) tests.push(await scan(name, scanner, context));
  }
} finally {
  writeFileSync(file, JSON.stringify(tests));
  await latchkey.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function look({ url, secureUrl }) {
  const cookie = await signIn(url, ADMINISTRATOR.username, ADMINISTRATOR.password);
  const answer = await fetch(`${url}/v1-public/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ADMINISTRATOR),
  });
  const authorization = `Authorization: Bearer ${(await answer.json()).token}`;
  const manifest = JSON.parse(execFileSync("node", ["scripts/routes.mjs"], { encoding: "utf8" }));
  return {
    url,
    secureUrl,
    folder,
    cookie,
    authorization,
    words: WORDS,
    ...askingOf(manifest, { url, authorization }),
  };
}

function askingOf({ pages, handlers, api }, { url, authorization }) {
  const paths = [...pages, ...handlers, ...api.map(({ path: known }) => known)];
  const patterns = paths.map(
    (known) => new RegExp(`^${known.replaceAll(/\[.*?\]|:[a-z]+|\*/gi, "[^/]*")}/?$`),
  );
  return {
    known: (asked) => patterns.some((pattern) => pattern.test(asked)),
    check: async () => {
      const startedAt = performance.now();
      const headers = { authorization: authorization.slice("Authorization: ".length) };
      const { status } = await fetch(`${url}/verify`, { headers });
      return { status, ms: performance.now() - startedAt };
    },
  };
}

async function scan(name, { program, package: packageName, words, promise, run }, context) {
  const startedAt = performance.now();
  const result = (findings, did) => {
    const open = findings.filter((finding) => !explain(name, finding));
    for (const finding of open) console.error(`${name}: ${finding}`);
    const told = findings.flatMap((finding) => explain(name, finding)?.why ?? []);
    const explained = told.length > 0 ? `; explained: ${[...new Set(told)].join("; ")}` : "";
    measured(promise, `${open.length} findings (${did})${explained}`);
    const ms = Math.round(performance.now() - startedAt);
    return { title: promise, passed: open.length === 0, ms };
  };
  const isThere = provideProgram(program, packageName) && (!words || provideProgram(words));
  if (!isThere) return result([`${program} is missing`], "nothing");
  try {
    const { findings, did } = await run(context);
    return result(findings, did);
  } catch (error) {
    return result([error.message], "it did not end as it should");
  }
}

function explain(name, finding) {
  return EXPLAINED.find(({ scanner, pattern }) => scanner === name && pattern.test(finding));
}

function measured(promise, found) {
  const measuredFile = process.env.PROVE_MEASURED;
  if (measuredFile) appendFileSync(measuredFile, `${JSON.stringify({ promise, found })}\n`);
}
