/** What is promised of the trail, errors, load, packages and races, and by which tests. */
export const OPERATION = [
  {
    number: 54,
    promise: "Every change and every sign-in, refused or not, is one event, and none has a secret.",
    tests: {
      "domain/tokens/create.test.ts": [
        "has exactly one event, which tells everything but the secret and its hash",
        "each refusal of who one is leaves one denied event",
      ],
      "domain/tokens/update.test.ts": [
        "has exactly one event with the values before and after",
        "that an owner may not set leaves one denied event on the token and its owner",
      ],
      "domain/tokens/delete.test.ts": ["keeps its events and has exactly one more"],
      "domain/users/create.test.ts": ["has exactly one event, without password or hash"],
      "domain/users/update.test.ts": [
        "changes what is given, keeps the rest, and leaves one event with what differs",
      ],
      "domain/users/sign-in.test.ts": [
        "has one event, and neither password nor secret is stored",
        "leaves one event that tells the reason, with the user only if there is one",
      ],
      "domain/settings/update.test.ts": ["is in force at once, and has one event with both values"],
      "domain/bulk/run.test.ts": [
        "disables every token named, with one event each that says why and for what",
      ],
    },
  },
  {
    number: 55,
    promise: "While an event cannot be stored, no change is made.",
    tests: {
      "e2e/audit.spec.ts": [
        "while no event can be stored, no change of any kind goes through, and checks do",
      ],
      "domain/tokens/create.test.ts": ["are stored together: without the event there is no token"],
      "domain/tokens/update.test.ts": ["without its event changes nothing"],
      "domain/tokens/delete.test.ts": ["when its event cannot be stored"],
      "domain/users/update.test.ts": ["without its event changes nothing, as does a dry run"],
      "domain/users/sign-in.test.ts": ["without its event makes no session"],
      "domain/bulk/run.test.ts": [
        "changes nothing while events cannot be stored, and goes on when they can",
      ],
    },
  },
  {
    number: 56,
    promise: "The application can add events and neither change nor remove one.",
    tests: {
      "domain/audit/verify.test.ts": [
        "refuses the application: %s",
        "lets the application read, and write by the one function alone",
        "sets number, time and hashes itself, whatever an insert says",
      ],
      "domain/audit/tampering.test.ts": [
        "a changed byte of any field of any event is found, and its event named",
      ],
    },
  },
  {
    number: 57,
    promise: "Whatever text a request brings, the log has one line of JSON for it that reads back.",
    tests: {
      "server/log.test.ts": [
        "whatever a field says, it is in one line that reads back as the same",
      ],
    },
  },
  {
    number: 58,
    promise: "An export has no cell that a spreadsheet would compute, and reads back as it was.",
    tests: {
      "domain/exports/csv.test.ts": [
        "a table reads back as it was, but for a ' before what a spreadsheet would compute",
        "no cell begins as a formula, also in a list and in an object",
      ],
      "domain/tokens/export.test.ts": ["holds no formula, no secret and no hash"],
      "domain/audit/list.test.ts": ["as CSV says the same, and holds no formula"],
    },
  },
  {
    number: 59,
    promise:
      "A failure says a fixed text and the request's id; sources, maps, settings and TRACE are closed.",
    tests: {
      "api/kube/refusals.http.test.ts": [
        "has a fixed text and the request id, and nothing is changed or told",
      ],
      "server/listener.test.ts": ["a handler that fails is a plain 500 with the request id"],
      "e2e/headers.spec.ts": [
        "nothing but the product is served",
        "no map of a script is served, and TRACE repeats nothing",
      ],
    },
  },
  {
    number: 60,
    promise: "No input whatever is answered as a failure of the server, and memory stays flat.",
    tests: {
      "api/kube/hostile.http.test.ts": [
        "to %s, wherever it is",
        "to any JSON in any field",
        "to any list parameter",
        "to any credential",
      ],
      "api/kube/hostile-bodies.http.test.ts": ["to any YAML", "to any protobuf", "to any Accept"],
      "api/kube/hostile-people.http.test.ts": [
        "any JSON in any field of a user or a setting is answered, and never with a failure",
      ],
      "api/kube/bad-requests.http.test.ts": [
        "after all of them nothing has changed, and no prototype either",
        "memory stays flat",
      ],
    },
  },
  {
    number: 61,
    promise: "Who asks too much is told when to come back, and others are served meanwhile.",
    tests: {
      "api/login.http.test.ts": ["answers too many wrong passwords with a time to wait"],
      "domain/users/password.test.ts": [
        "whoever waits for a turn too long is refused with a time to wait",
      ],
      "domain/users/throttle-race.test.ts": [
        "who signs in while many guess at another account waits for one of these guesses alone",
      ],
      "api/kube/watch.http.test.ts": [
        "a user may have 100 watches, and the next one is refused until one ends",
      ],
      "domain/bulk/start.test.ts": ["a sixth is refused while five are not finished"],
    },
  },
  {
    number: 62,
    promise:
      "Packages are pinned exactly, none is below the first version without a known hole, and a bill of materials names each.",
    tests: {
      "scripts/dependencies.test.ts": [
        "are pinned to exact versions",
        "%s has no installed copy below %s",
        "name no place to download from, so that every registry serves",
        "are locked with the digest of what is downloaded, but for binaries of other platforms",
        "that run with Latchkey are all in its bill of materials, in exactly their version",
      ],
    },
  },
  {
    number: 63,
    promise: "Of changes of one version at once exactly one is made, and the others are told.",
    tests: {
      "domain/tokens/update.test.ts": [
        "of one version: exactly one wins, the others are conflicts",
      ],
      "api/kube/refusals.http.test.ts": ["answers one of two PUTs of one version"],
      "api/kube/users-conflicts.http.test.ts": [
        "answers all but one of many patches of one version",
      ],
      "domain/settings/update-race.test.ts": ["of ten changes of one version one is made"],
    },
  },
  {
    number: 64,
    promise:
      "A create that is sent twice makes one token and one event, and shows its secret once.",
    tests: {
      "domain/tokens/create.test.ts": ["makes one token and one event, and tells the value once"],
      "e2e/forgery.spec.ts": [
        "a create that is sent twice makes one token and shows no value again",
      ],
    },
  },
];
