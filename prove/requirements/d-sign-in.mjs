/** What is promised of passwords and of signing in, and by which tests. */
export const SIGN_IN = [
  {
    number: 31,
    promise:
      "A password has 15 to 1,024 characters of any kind and counts whole, to its last character.",
    tests: {
      "domain/users/password.test.ts": [
        "may be %j",
        "may not be %s",
        "is recognised whole: the 128th character counts",
        "is argon2id at the cost that is recommended",
      ],
      "domain/users/create.test.ts": ["is judged by the length in force, which is never below 8"],
    },
  },
  {
    number: 32,
    promise:
      "A password that is tried first, or made of the user's or the product's name, is refused with the reason.",
    tests: {
      "domain/users/password.test.ts": [
        "may not be one of the 3,000 that are tried first, nor one of them with a year",
        "may not be %s",
      ],
    },
  },
  {
    number: 33,
    promise:
      "The first administrator's password is random and told once; there is none from the factory.",
    tests: {
      "domain/users/create-first-administrator.test.ts": [
        "processes that start together make one first administrator, and later starts none",
        "nobody gets in with a password that a first administrator might have from the factory",
      ],
      "domain/users/password.test.ts": [
        "a generated password satisfies the rules and is not made twice",
      ],
      "server/config.test.ts": ["%s of %o"],
    },
  },
  {
    number: 34,
    promise:
      "Five wrong passwords from one place stop for a while, in the same words for users that do not exist; a hundred a day are out of reach.",
    tests: {
      "domain/users/sign-in.test.ts": [
        "from one place stops after five wrong passwords, in any case of the name",
        "answers an unknown user, a wrong password, a disabled user and one without password",
        "slowly gets fewer than a hundred tries a day at an account",
      ],
      "domain/users/throttle-race.test.ts": [
        "at one account from one place: five reach the hash",
        "at a name that is nobody's: as many as at somebody's",
        "in every way in which a password is asked for together: five reach the hash",
      ],
      "e2e/two-processes.spec.ts": ["wrong passwords are counted by both processes together"],
    },
  },
  {
    number: 35,
    promise:
      "Guessing locks nobody out where they usually are, ends by itself, can be lifted, and is on record.",
    tests: {
      "domain/users/sign-in.test.ts": [
        "by one stranger, however often, does not lock the owner out elsewhere",
        "from elsewhere does not lock the owner out of a place they signed in from before",
        "that has locked a user out is seen and lifted by an administrator, with an event",
        "is forgotten when its time is over",
      ],
      "e2e/sign-in.spec.ts": [
        "after five wrong passwords the form answers with the time to wait, also to the right one, and a live session stays",
      ],
    },
  },
  {
    number: 36,
    promise: "How long a refused sign-in takes does not tell whether there is such a user.",
    tests: {
      "domain/users/sign-in-timing.test.ts": [
        "the time of a refused sign-in does not tell whether there is such a user",
      ],
      "domain/users/password.test.ts": ["missing, is no password, not even the one of the dummy"],
    },
  },
  {
    number: 37,
    promise:
      "Whatever goes wrong while signing in, the address says a fixed code and nothing of a query.",
    tests: {
      "e2e/frozen-database.spec.ts": [
        "a sign-in that cannot be judged says so by a code, without a word of the query",
      ],
      "e2e/forged-identities.spec.ts": [
        "what the provider says in the address is not repeated in ours",
      ],
    },
  },
  {
    number: 38,
    promise:
      "A change of password wants the present one, ends the other sign-ins, leaves the tokens, and is on record.",
    tests: {
      "domain/users/change-own-password.test.ts": [
        "ends every other sign-in at once, and neither this one nor a token",
        "wants the present one, and a wrong one is counted and recorded",
      ],
      "domain/users/change-password.test.ts": [
        "a changed password ends every sign-in and leaves the other tokens",
      ],
      "domain/users/password-race.test.ts": ["does not outlive the change that ends all sign-ins"],
    },
  },
  {
    number: 39,
    promise: "A forged, replayed or misdirected answer of a provider signs nobody in.",
    tests: {
      "e2e/forged-identities.spec.ts": [
        "an honest token signs in and makes a user, with PKCE, state and nonce",
        "an ID token ${what} signs nobody in and makes no user",
        "a code or a state that was used, is another browser's or is made up signs nobody in",
        "nobody else's page, and no address of next-auth's own, sends a browser to the provider",
      ],
    },
  },
  {
    number: 40,
    promise:
      "Who comes from a provider is told by issuer and subject; an equal name or address links nothing.",
    tests: {
      "domain/users/sign-in-with-identity.test.ts": [
        "never becomes an account that has the same name or address",
        "is a session of a new user at first and of the same user after that, whatever changes but the subject",
        "refuses one of another account, and leaves it there",
      ],
      "e2e/identity-provider.spec.ts": [
        "names and addresses of a local account give nothing at it",
      ],
    },
  },
];
