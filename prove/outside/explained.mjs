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
    scanner: "testssl.sh",
    pattern: /^cert_(chain_of_trust|revocation)/,
    why: "the certificate that Latchkey makes for trying it out is of an authority of its own",
  },
];
