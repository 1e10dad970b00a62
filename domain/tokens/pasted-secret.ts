/** What tells which token a pasted secret is of, and nothing by which anybody could use it. */
export type Fingerprint =
  | { kind: "bearer"; name: string; hash: string }
  | { kind: "value"; print: string };

const SYMBOLS = "[bcdfghjklmnpqrstvwxz2456789]";
const BEARER = new RegExp(`(token-${SYMBOLS}{10}):(${SYMBOLS}{54})(?!${SYMBOLS})`);
const VALUE = new RegExp(`(?<![a-z0-9-])(${SYMBOLS}{54})(?![a-z0-9])`);
// Another digest than the one that checks compare: this one could not even be mistaken for it.
const PRINT_PREFIX = "latchkey-print:";
const PRINT_BYTES = 16;

/**
 * The fingerprint of the first bearer token or value in a text (a line of a file, a header), made
 * where the text is, so that the secret goes nowhere; null where there is none.
 */
export async function fingerprintPasted(text: string): Promise<Fingerprint | null> {
  const [, name, secret] = BEARER.exec(text) ?? [];
  if (name && secret) {
    const digest = toBase64Url(await sha256(`${name}:${secret}`));
    return { kind: "bearer", name, hash: `v1:sha256:${digest}` };
  }
  const [, value] = VALUE.exec(text) ?? [];
  return value ? { kind: "value", print: await printOf(value) } : null;
}

/** By what the value of a token is found without its name: half of a digest of its own. */
export async function printOf(value: string): Promise<string> {
  return toBase64Url((await sha256(PRINT_PREFIX + value)).slice(0, PRINT_BYTES));
}

async function sha256(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
