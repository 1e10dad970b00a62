import { SECRETS } from "./requirements/a-secrets.mjs";
import { BEARERS } from "./requirements/b-bearers.mjs";
import { ACCESS } from "./requirements/c-access.mjs";
import { SIGN_IN } from "./requirements/d-sign-in.mjs";
import { BROWSERS } from "./requirements/e-browsers.mjs";
import { OPERATION } from "./requirements/f-operation.mjs";

export const GROUPS = [
  { group: "A", name: "Secrets and their form", requirements: SECRETS },
  { group: "B", name: "Presenting and checking a token", requirements: BEARERS },
  { group: "C", name: "Who may do what", requirements: ACCESS },
  { group: "D", name: "Passwords and signing in", requirements: SIGN_IN },
  { group: "E", name: "Sign-ins in browsers", requirements: BROWSERS },
  { group: "F", name: "Trail, errors, load and packages", requirements: OPERATION },
];

/** Everything that is promised, in order, each with the titles of its tests as they are written. */
export const REQUIREMENTS = GROUPS.flatMap(({ group, requirements }) =>
  requirements.map(({ number, promise, tests }) => ({
    group,
    number,
    promise,
    tests: Object.entries(tests).flatMap(([file, titles]) =>
      titles.map((title) => ({ file, title })),
    ),
  })),
);

/** The files of the tests, those of the browser apart. */
export const TEST_FILES = [
  ...new Set(REQUIREMENTS.flatMap(({ tests }) => tests.map(({ file }) => file))),
].sort();

export const isJourney = (file) => file.startsWith("e2e/");
