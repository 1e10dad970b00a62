/** What is promised of secrets and their form, and by which tests. */
export const SECRETS = [
  {
    number: 1,
    promise:
      "A secret is 47 symbols of 27 from the system's random source, about 223 bits: none is made twice and no symbol is likelier than another.",
    tests: {
      "domain/tokens/secret.test.ts": [
        "is unique among very many, and every symbol is as likely as another",
      ],
    },
  },
  {
    number: 2,
    promise:
      "A bearer is `ext/token-<10 symbols>:<54 symbols>`, and the last seven are the CRC-32 of name and random part in base 27.",
    tests: {
      "domain/tokens/secret.test.ts": [
        "has the published form",
        "ends with the CRC-32 of its name and random part in base 27",
      ],
    },
  },
  {
    number: 3,
    promise:
      "A character changed, swapped, left out or added is refused by the checksum, before a database is asked.",
    tests: {
      "domain/tokens/secret.test.ts": [
        "every change of one character",
        "every swap of two neighbours",
        "every truncation and extension",
        "but a right checksum is asked about",
      ],
      "domain/tokens/check.test.ts": ["costs no question at all with a wrong checksum"],
    },
  },
  {
    number: 4,
    promise:
      "Nothing that is stored, in any column of any table, authenticates anybody, and no secret is stored.",
    tests: {
      "domain/tokens/authenticate.test.ts": [
        "anything that is stored in any table, presented as a secret",
      ],
      "domain/tokens/create.test.ts": [
        "is stored with a hash of its secret, and the secret is nowhere",
      ],
      "domain/users/sign-in.test.ts": ["has one event, and neither password nor secret is stored"],
    },
  },
  {
    number: 5,
    promise:
      "A secret is compared in constant time, digest with digest, and with a dummy where the name is nobody's.",
    tests: {
      "domain/tokens/secret-comparison.test.ts": [
        "a secret is compared in constant time, as a digest, also when its name is nobody's",
      ],
      "domain/tokens/secret.test.ts": [
        "missing, belongs to nobody: not even to the dummy that is compared instead",
      ],
    },
  },
  {
    number: 6,
    promise:
      "How long a refusal takes does not tell whether the name is unknown, the secret wrong, or the token expired or disabled.",
    tests: {
      "api/verify/refusal-timing.http.test.ts": [
        "the time of a refusal does not tell its reason, when it is %s",
      ],
    },
  },
  {
    number: 7,
    promise:
      "The secret leaves the server once, in the answer to the create, which nobody may keep; no later answer has it.",
    tests: {
      "api/kube/tokens.http.test.ts": [
        "a created token is the whole resource, with its value and bearer token",
        "the value is in no later answer",
        "nothing may keep the answer",
      ],
      "api/kube/watch.http.test.ts": ["no event has the value or the hash of a token"],
      "domain/tokens/export.test.ts": ["holds no formula, no secret and no hash"],
      "domain/tokens/token.test.ts": ["never has a hash, nor anything else that is not listed"],
    },
  },
  {
    number: 8,
    promise: "No log, metric, event or error page has a secret, a password or a cookie.",
    tests: {
      "server/log.test.ts": [
        "a secret that somebody has put into an address is not in the log",
        "a field that is not on the list is not in the log",
      ],
      "api/verify/forward-auth.http.test.ts": [
        "leaves its reason and the token's name in the log, and never the secret",
      ],
      "api/operations/metrics.http.test.ts": ["no name of a user or a token, and no secret"],
      "domain/tokens/create.test.ts": [
        "has exactly one event, which tells everything but the secret and its hash",
      ],
      "e2e/reveal.spec.ts": [
        "after the reveal the value is nowhere in the browser and in no later answer",
      ],
      "e2e/canary.spec.ts": [
        "a token's value, a password and a sign-in's cookie are nowhere but in the one answer that has to carry each",
      ],
    },
  },
  {
    number: 9,
    promise:
      "A lifetime is a whole number of milliseconds within the documented range; anything else is 422 on its field.",
    tests: {
      "domain/tokens/schema.test.ts": ["of %s is no number of ms"],
      "domain/tokens/lifecycle.test.ts": [
        "%s with a maximum becomes %s",
        "%s with a maximum is refused with the range",
        "%s without a maximum is refused",
      ],
      "domain/tokens/create.test.ts": ["%j is refused and nothing is stored"],
      "api/kube/refusals.http.test.ts": ["answers the ttl %j in a create and a patch"],
    },
  },
  {
    number: 10,
    promise: "A token works until its expiry by the database's clock, and not a moment after.",
    tests: {
      "domain/tokens/authenticate.test.ts": [
        "works until its very end by the clock of the database, and not after",
      ],
      "domain/tokens/check.test.ts": [
        "a ttl that was shortened to less than its age",
        "a token that ends while this machine sleeps is refused when it wakes up",
      ],
    },
  },
];
