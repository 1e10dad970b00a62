// `node prove/requirements-hold.mjs <file>`: runs the tests of every requirement in a copy of the
// project, then breaks the copy in one place after the other and demands that a test fails.
import { appendFileSync, writeFileSync } from "node:fs";
import { copyProject, whileBroken } from "./copy.mjs";
import { DEFECTS } from "./defects.mjs";
import { GROUPS, REQUIREMENTS } from "./requirements.mjs";
import { runTests } from "./run-tests.mjs";
import { startTestServer } from "./test-server.mjs";
import { patternOf } from "./titles.mjs";

const [, , file] = process.argv;
const endings = [];
try {
  const copy = copyProject();
  endings.push(copy.remove);
  const server = await startTestServer();
  endings.push(server.stop);
  process.env.TEST_DATABASE_URL = server.url;
  const held = requirementsThatHold(copy);
  const caught = defectsThatAreCaught(copy);
  const found = [...held, ...caught];
  writeFileSync(file, JSON.stringify(found));
  tellOfGroups(held, caught);
  process.exitCode = found.every(({ passed }) => passed) ? 0 : 1;
} finally {
  for (const end of endings.reverse()) await end();
}

// A requirement holds when each of its tests ran, and passed however often it ran.
function requirementsThatHold(copy) {
  const ran = runTests(
    copy,
    REQUIREMENTS.flatMap(({ tests }) => tests),
  );
  return REQUIREMENTS.map(({ group, number, promise, tests }) => {
    const runs = tests.map((test) => runsOf(ran, test));
    return {
      group,
      title: `${number}. ${promise}`,
      passed: runs.every((of) => of.length > 0 && of.every(({ status }) => status === "passed")),
      ms: runs.flat().reduce((sum, { ms }) => sum + ms, 0),
    };
  });
}

// Its test ran to its end and failed: one that does not even start has noticed nothing.
function defectsThatAreCaught(copy) {
  return DEFECTS.map(({ group, requirement, what, run, ...defect }) => {
    const startedAt = performance.now();
    console.error(`\n=== ${requirement}: ${what}`);
    const runs = whileBroken(copy, defect, () => runsOf(runTests(copy, [run]), run));
    return {
      group,
      title: `${group}: it is noticed that ${what} (${requirement})`,
      passed: runs.some(({ status }) => status === "failed"),
      ms: Math.round(performance.now() - startedAt),
    };
  });
}

function runsOf(ran, { file, title }) {
  const pattern = patternOf(title);
  return ran.filter((test) => test.file === file && pattern.test(test.title));
}

function tellOfGroups(held, caught) {
  for (const { group, name } of GROUPS) {
    const ofGroup = (all) => all.filter((one) => one.group === group);
    const countOf = (all) => `${all.filter(({ passed }) => passed).length} of ${all.length}`;
    const tests = ofGroup(REQUIREMENTS).reduce((sum, one) => sum + one.tests.length, 0);
    const promise = `${group}. ${name}: every requirement has tests, and they notice defects`;
    const found = `${countOf(ofGroup(held))} requirements held by ${tests} tests, ${countOf(ofGroup(caught))} defects noticed`;
    const measured = process.env.PROVE_MEASURED;
    if (measured) appendFileSync(measured, `${JSON.stringify({ promise, found })}\n`);
    else console.error(`${promise}: ${found}`);
  }
}
