/**
 * The credential of an Authorization header as `ext/<name>:<value>`: what Bearer carries, or Basic's
 * user and password. Null when the header holds neither.
 */
export function parseAuthorization(header: string | undefined): string | null {
  if (header === undefined) return null;
  const [, scheme = "", credential = ""] = /^([A-Za-z]+) +(\S+)$/.exec(header) ?? [];
  if (scheme.toLowerCase() === "bearer") return credential;
  if (scheme.toLowerCase() !== "basic") return null;
  return withoutEscapes(Buffer.from(credential, "base64").toString("latin1"));
}

// OAuth clients form-encode both halves (RFC 6749 2.3.1); a token has no percent sign of its own.
function withoutEscapes(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The challenge of a 401 (RFC 6750 section 3): no error code when no credential was sent. */
export function challenge(hasCredential: boolean): string {
  return `Bearer realm="latchkey"${hasCredential ? ', error="invalid_token"' : ""}`;
}
