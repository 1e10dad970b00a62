// The value of a token (docs/token-format.md), or most of one.
const SECRET = /[bcdfghjklmnpqrstvwxz2456789]{40,}/g;

/** Text that is kept or shown somewhere, without the values of tokens that stand in it. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET, "…");
}
