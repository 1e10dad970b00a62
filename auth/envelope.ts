import { LRUCache } from "lru-cache";
import { decode, encode, type JWT } from "next-auth/jwt";

/** What the browser's cookie holds, encrypted: the session token, and nothing to be believed. */
export interface Envelope extends JWT {
  bearer: string;
}

const opened = new LRUCache<string, Envelope>({ max: 1_000, ttl: 5 * 60_000 });

/** The name of the session cookie; over TLS the prefix binds it to this host. */
export function sessionCookieName(secure: boolean): string {
  return secure ? "__Host-next-auth.session-token" : "next-auth.session-token";
}

export function sessionCookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
}

/** Seals a session token into a cookie's value that ends with the token. */
export function sealEnvelope(envelope: Envelope, expiresAt: Date | null): Promise<string> {
  const maxAge = expiresAt ? Math.ceil((expiresAt.getTime() - Date.now()) / 1_000) : undefined;
  return encode({ token: envelope, secret: secret(), ...(maxAge ? { maxAge } : {}) });
}

/**
 * The session token in a cookie's value, or null for anything that we did not seal. One that was
 * opened is remembered for a while: what is in it never changes, and its token is judged each time.
 */
export async function openEnvelope(value: string | undefined): Promise<Envelope | null> {
  if (!value) return null;
  const known = opened.get(value);
  if (known) return known;
  try {
    const token = await decode({ token: value, secret: secret() });
    if (typeof token?.bearer !== "string") return null;
    const envelope = { ...token, bearer: token.bearer };
    opened.set(value, envelope);
    return envelope;
  } catch {
    return null;
  }
}

function secret(): string {
  const value = process.env.NEXTAUTH_SECRET;
  if (!value) throw new Error("NEXTAUTH_SECRET is not set");
  return value;
}
