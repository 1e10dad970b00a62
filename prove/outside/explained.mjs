/**
 * Findings of scanners that are none, each with the reason: they are told in the report, and do not
 * fail it.
 */
export const EXPLAINED = [
  {
    scanner: "ffuf",
    pattern: /\/ answers 308$/,
    why: "every address with a slash at its end is sent to the one without",
  },
  {
    scanner: "wapiti",
    pattern: /anti CSRF token/,
    why: "forms carry no token because a change from another site's page is refused by its Origin",
  },
  {
    scanner: "wapiti",
    pattern: /X-XSS-Protection is not set/,
    why: "no browser reads X-XSS-Protection any more",
  },
  {
    scanner: "wapiti",
    pattern: /Strict-Transport-Security is not set/,
    why: "the scan is over plain HTTP, where browsers ignore Strict-Transport-Security",
  },
  {
    scanner: "testssl.sh",
    pattern: /^cert_(chain_of_trust|revocation)/,
    why: "the certificate that Latchkey makes for trying it out is of an authority of its own",
  },
];
