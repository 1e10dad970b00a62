import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEFECTS } from "./defects.mjs";
import { GROUPS, REQUIREMENTS, TEST_FILES } from "./requirements.mjs";
import { DOCUMENT, requirementsText } from "./requirements-document.mjs";
import { patternOf, titlesOf } from "./titles.mjs";

const declared = new Map(TEST_FILES.map((file) => [file, titlesOf(file)]));

test("every requirement from 1 to 64 is there once, in order, with a sentence and a test", () => {
  expect(REQUIREMENTS.map(({ number }) => number)).toEqual(
    Array.from({ length: 64 }, (_, at) => at + 1),
  );
  for (const { number, promise, tests } of REQUIREMENTS) {
    expect([number, promise]).toEqual([number, expect.stringMatching(/^[A-Z].{20,}\.$/)]);
    expect([number, tests.length]).toEqual([number, expect.toSatisfy((count) => count > 0)]);
  }
});

test.each(REQUIREMENTS)(
  "each test of requirement $number is declared, and nothing leaves it out",
  ({ tests }) => {
    for (const { file, title } of tests) {
      const found = declared.get(file)?.filter((known) => known.title === title) ?? [];
      expect([file, title, found.length > 0]).toEqual([file, title, true]);
      expect([file, title, found.some(({ isLeftOut }) => isLeftOut)]).toEqual([file, title, false]);
    }
  },
);

test("in every group the product is broken twice or more, where exactly one place says so", () => {
  for (const { group } of GROUPS) {
    const ofGroup = DEFECTS.filter((defect) => defect.group === group);
    expect([group, new Set(ofGroup.map(({ requirement }) => requirement)).size]).toEqual([
      group,
      expect.toSatisfy((count) => count >= 2),
    ]);
  }
  for (const { group, requirement, file, find, run } of DEFECTS) {
    const known = REQUIREMENTS.find(({ number }) => number === requirement);
    expect(known).toMatchObject({ group, tests: expect.arrayContaining([run]) });
    const places = readFileSync(file, "utf8").split(find).length - 1;
    expect([requirement, file, find, places]).toEqual([requirement, file, find, 1]);
  }
});

test("a title with placeholders is like what its test is called, and like no other", () => {
  const pattern = patternOf("%s of ${who} is $count (a+b)");
  expect("deletion of nobody is 3 (a+b)").toMatch(pattern);
  expect("deletion of nobody is 3 (aab)").not.toMatch(pattern);
  expect("and deletion of nobody is 3 (a+b).").not.toMatch(pattern);
});

test("the document says what is listed here", () => {
  expect(readFileSync(DOCUMENT, "utf8")).toBe(requirementsText());
});
