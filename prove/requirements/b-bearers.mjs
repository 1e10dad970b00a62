/** What is promised of how tokens are presented and checked, and by which tests. */
export const BEARERS = [
  {
    number: 11,
    promise: "Without a credential the answer is 401 with a Bearer challenge and no error code.",
    tests: {
      "api/require-bearer.http.test.ts": [
        "has no error in its challenge when no credential was sent",
      ],
      "api/verify/forward-auth.http.test.ts": ["has no error when nothing was presented"],
    },
  },
  {
    number: 12,
    promise:
      "Every credential that does not work gets the same 401, byte for byte, with `invalid_token`.",
    tests: {
      "api/require-bearer.http.test.ts": [
        "is the same answer for every credential that does not work",
      ],
      "api/verify/forward-auth.http.test.ts": ["is the same bytes for every reason"],
    },
  },
  {
    number: 13,
    promise: "Who is known and may not do something gets 403, never 401.",
    tests: {
      "api/kube/settings.http.test.ts": [
        "answers a %s everywhere, and every try to change is audited once",
      ],
      "api/verify/token-review.http.test.ts": ["403 for a user, about own tokens, too"],
      "api/kube/refusals.http.test.ts": ["answers another user's id, for an admin too"],
    },
  },
  {
    number: 14,
    promise:
      "A token in a query is refused with 400, also beside a good header, and is not logged.",
    tests: {
      "api/require-bearer.http.test.ts": [
        "answers a token in the query, alone or with a header that works",
      ],
      "api/verify/forward-auth.http.test.ts": ["400 for a token in the query"],
      "api/verify/introspect.http.test.ts": ["400 for a token in the query"],
      "server/log.test.ts": ["a secret that somebody has put into an address is not in the log"],
    },
  },
  {
    number: 15,
    promise:
      "The scheme counts in any case, Basic carries the same, two headers are none, and a long credential costs no question.",
    tests: {
      "api/require-bearer.http.test.ts": [
        "answers the token as Bearer, in any case of the scheme",
        "answers the token as Basic, with its name as user",
        "answers headers that hold no token",
        "answers two Authorization headers, of which each alone would do",
        "answers a credential of 4 KB and more without asking the database",
      ],
      "api/verify/forward-auth.http.test.ts": [
        "answers two Authorization headers, of which each alone would do",
      ],
      "api/kube/hostile.http.test.ts": ["to any credential"],
    },
  },
  {
    number: 16,
    promise: "A cookie opens no API, and a token opens no page and no server action.",
    tests: {
      "api/require-bearer.http.test.ts": ["answers a cookie: programs do not authenticate by one"],
      "e2e/forgery.spec.ts": [
        "a server action is not authorised by a bearer token, nor the API by a cookie",
      ],
    },
  },
  {
    number: 17,
    promise:
      "A review of a token that does not work says only that it is not authenticated, and only to who may ask.",
    tests: {
      "api/verify/token-review.http.test.ts": [
        "is the same bytes for every token that does not work",
        "401 for a caller without a working token, before anything is read",
        "403 for a user, about own tokens, too",
      ],
      "api/verify/introspect.http.test.ts": [
        "is said of every token that does not work",
        "401 for a caller without a working token, whatever the token in question is",
      ],
    },
  },
  {
    number: 18,
    promise: "A good token of a disabled or deleted user is not authenticated anywhere.",
    tests: {
      "api/verify/token-review.http.test.ts": [
        "is the same bytes for every token that does not work",
      ],
      "domain/tokens/authenticate.test.ts": ["the token of a disabled user"],
      "domain/users/delete.test.ts": [
        "deletes all tokens and sign-ins, each with its event; the trail stays",
      ],
      "api/verify/agreement.http.test.ts": [
        "openid-client, Kubernetes' client and /verify learn the same of a token in any of 1,000 states",
      ],
    },
  },
  {
    number: 19,
    promise:
      "Of the audiences that are asked for the answer has ours; with none of them the token is not authenticated.",
    tests: {
      "api/verify/token-review.http.test.ts": ["for the audiences %j authenticates for %j"],
    },
  },
  {
    number: 20,
    promise:
      "To stop what is stopped already changes nothing and fails nobody; to a stranger the token is not there.",
    tests: {
      "domain/tokens/update.test.ts": ["that changes nothing stores nothing"],
      "domain/tokens/delete.test.ts": ["by two at once is deleted by exactly one"],
      "api/kube/refusals.http.test.ts": [
        "%s of somebody else's token is the same answer, byte for byte, as of a missing one",
      ],
      "e2e/stopping.spec.ts": [
        "two clicks on Delete, or one in each of two tabs, delete once and say so",
      ],
    },
  },
  {
    number: 21,
    promise: "A token that is stopped at one process is refused by every other within a second.",
    tests: {
      "e2e/two-processes.spec.ts": [
        "a token that is disabled at one process is refused by the other within a second",
        "who is disabled at one process is out at both, and enabled again has the tokens back",
      ],
      "domain/tokens/check.test.ts": [
        "disable, enable, and delete of the token; disable and enable of its owner",
        "is heard of: a disabled token, a disabled owner, another limit for idle sign-ins",
      ],
    },
  },
  {
    number: 22,
    promise:
      "Without the database nothing that is remembered is believed for more than a second: then the answer is 503.",
    tests: {
      "e2e/frozen-database.spec.ts": [
        "while the database does not answer, no check succeeds from memory for more than a second",
      ],
      "domain/tokens/check.test.ts": [
        "is seen at once while the feed is lost, and nothing from before is remembered after",
        "while the feed is lost, nobody is given an answer that somebody else asked for before",
      ],
    },
  },
];
