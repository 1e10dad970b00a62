/**
 * What is proved, and by which tests: each suite runs them in their full form. `unit` and `journeys`
 * are parts of file names for vitest and Playwright; `programs` write a list of
 * `{ title, passed, ms }` into the file that is their last argument.
 */
export const SUITES = {
  requirements: {
    about: "Every requirement has a test, and each group's tests fail when the product is broken",
    programs: [["prove/requirements-hold.mjs"]],
    // Those that have a longer form of their own.
    unit: ["tokens/secret.test", "verify/refusal-timing", "users/sign-in-timing"],
    journeys: ["two-processes.spec"],
  },
  matrix: {
    about: "Every page, method and server action, as everybody who may ask",
    journeys: ["access.spec", "strangers.spec", "headers.spec"],
  },
  canary: {
    about: "One secret, one password and one cookie, looked for everywhere after a full journey",
    journeys: ["canary.spec"],
  },
  fuzz: {
    about: "Bodies, queries, forms and actions made at random from what the product says it takes",
    unit: ["api/kube/hostile", "api/fuzz", "domain/tokens/list.property"],
    journeys: ["fuzz.spec"],
  },
  faults: {
    about:
      "The database killed, frozen, cut off, full, read-only, failed over, restored and behind pgbouncer; processes killed; clocks set wrong",
    journeys: [
      "faults",
      "crash.spec",
      "outage.spec",
      "shutdown.spec",
      "rolling-restart.spec",
      "upgrade.spec",
    ],
  },
  load: {
    about: "Mixed traffic for long, with restarts of the database, and more than there is room for",
    journeys: ["soak.spec", "overload.spec"],
  },
  outside: {
    about: "What scanners that others wrote find in a running build",
    programs: [["prove/outside/run.mjs"]],
  },
};
