/** What is promised of sign-ins in browsers and of pages, and by which tests. */
export const BROWSERS = [
  {
    number: 41,
    promise: "Each sign-in is a new session, and nothing from before it is one.",
    tests: {
      "e2e/sessions.spec.ts": ["each sign-in is a new session; a cookie from before it is none"],
    },
  },
  {
    number: 42,
    promise: "A sign-in that has ended is over for every copy of its cookie, at every process.",
    tests: {
      "e2e/two-processes.spec.ts": [
        "who signs out at one process is signed out at both, with every copy of the cookie",
        "a password that is changed in another process ends the sign-ins at both",
        "sign-ins that are ended at one process are over at both",
      ],
      "e2e/sessions.spec.ts": [
        "signing out ends a copied cookie at its next request",
        "deleting a sign-in from another browser ends it there, copies included",
      ],
    },
  },
  {
    number: 43,
    promise:
      "A sign-in ends when it was idle too long and when its lifetime is over, whatever a page asks meanwhile.",
    tests: {
      "domain/tokens/authenticate.test.ts": [
        "ends when it was idle for longer than the limit, and only a sign-in does",
      ],
      "domain/sessions/time-left.test.ts": [
        "counts from the last activity, and asking for it is none",
        "is that of the whole lifetime when that ends first, which nothing puts off",
      ],
      "e2e/idle-warning.spec.ts": [
        "asking how much time is left is no activity: a page left alone is signed out, with what was typed",
      ],
    },
  },
  {
    number: 44,
    promise:
      "The cookie is HttpOnly and SameSite, below 4 KB, and over TLS Secure and bound to this host.",
    tests: {
      "e2e/spoofed-origins.spec.ts": [
        "behind a trusted proxy a request over TLS gets cookies for TLS alone",
      ],
      "e2e/sessions.spec.ts": ["each sign-in is a new session; a cookie from before it is none"],
    },
  },
  {
    number: 45,
    promise: "Nothing that another site sends changes anything, whatever origin it claims.",
    tests: {
      "e2e/forgery.spec.ts": [
        "a server action from another site changes nothing, whatever origin it claims",
        "signing out needs a post from this site",
      ],
      "e2e/access.spec.ts": ["a change that another site sends is refused by every handler"],
      "api/login.http.test.ts": ["answers a form, which another site could send"],
    },
  },
  {
    number: 46,
    promise: "Reading an address changes nothing.",
    tests: {
      "e2e/forgery.spec.ts": ["reading an address changes nothing, whatever it asks for"],
      "e2e/access.spec.ts": [
        "the page ${path} answers each as the table says, and reading it writes nothing",
      ],
    },
  },
  {
    number: 47,
    promise:
      "Every answer says what it may not be used for: no frame, no guessed type, no script without its nonce, HTTPS where it is real.",
    tests: {
      "e2e/headers.spec.ts": [
        "every page of a signed-in user is uncacheable, framed by nobody, and runs only scripts with its nonce",
        "page data, server actions, redirects and the API are uncacheable, too",
      ],
      "server/listener.test.ts": ["HTTPS is promised when a trusted proxy speaks it"],
    },
  },
  {
    number: 48,
    promise: "Nothing that is somebody's is kept by a cache or built before it is asked for.",
    tests: {
      "e2e/headers.spec.ts": [
        "every page of a signed-in user is uncacheable, framed by nobody, and runs only scripts with its nonce",
        "page data, server actions, redirects and the API are uncacheable, too",
        "no page is built before it is asked for, but for those that say that there is none",
      ],
      "app/file-response.test.ts": ["a download is an attachment that nobody keeps, byte for byte"],
    },
  },
  {
    number: 49,
    promise: "A secret that was shown is nowhere in the browser after that, however one goes back.",
    tests: {
      "e2e/reveal.spec.ts": [
        "after the reveal the value is nowhere in the browser and in no later answer",
        "a page kept for Back and Forward by the browser does not bring the value back",
      ],
      "e2e/password-link.spec.ts": [
        "the secret of a link is taken out of the address at once and stays nowhere",
      ],
    },
  },
  {
    number: 50,
    promise: "Text is shown as text, wherever it comes from.",
    tests: {
      "e2e/hostile-text.spec.ts": [
        "hostile text in a description is shown as the text it is, in every list, page, dialog and message",
        "hostile text in an address is shown as text in the search box",
        "a hostile name of a user and a hostile browser are shown as text, also to administrators",
      ],
    },
  },
  {
    number: 51,
    promise: "An address to come back to leads nowhere else, and never fails.",
    tests: {
      "e2e/sign-in.spec.ts": [
        "wherever a callback address points, signing in ends on this site and never fails",
        "the form itself leads nowhere else either",
      ],
      "e2e/callback-addresses.spec.ts": [
        "wherever an address to come back to points, ${entry} stays here and never fails",
      ],
    },
  },
  {
    number: 52,
    promise:
      "What a request says of its host, protocol and address counts only from a trusted proxy.",
    tests: {
      "e2e/spoofed-origins.spec.ts": [
        "no redirect and no page leads to a host that a request makes up, ${where}",
        "without a proxy nobody makes a request one over TLS",
        "without a proxy made-up addresses are one place, and not in the audit trail",
        "behind a trusted proxy only the address that it adds counts, whatever stands before it",
      ],
      "server/listener.test.ts": ["nothing a client claims is believed without a trusted proxy"],
    },
  },
  {
    number: 53,
    promise: "Signing out leaves nothing of a page in the browser.",
    tests: {
      "e2e/sessions.spec.ts": [
        "signing out loads a new page and tells the browser to forget what it stored",
      ],
      "e2e/reveal.spec.ts": [
        "after the reveal the value is nowhere in the browser and in no later answer",
      ],
    },
  },
];
