import { decode, encode } from "next-auth/jwt";
import { sessionCookieOptions } from "./envelope";

/** What a signed-in person went to the identity provider for; without one it is a sign-in. */
export interface Intent {
  purpose: "link" | "prove";
  /** The sign-in that this began in. */
  tokenName: string;
  startedAtS: number;
}

const LIFETIME_S = 10 * 60;
const SALT = "latchkey-intent";

export function intentCookieName(secure: boolean): string {
  return secure ? "__Host-latchkey-intent" : "latchkey-intent";
}

/** The Set-Cookie value that keeps an intent while the person is at the provider, or drops it. */
export async function intentCookie(secure: boolean, intent: Intent | null): Promise<string> {
  const value = intent
    ? await encode({ token: { ...intent }, secret: secret(), salt: SALT, maxAge: LIFETIME_S })
    : "";
  const { path, sameSite } = sessionCookieOptions(secure);
  const flags = `Path=${path}; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
  return `${intentCookieName(secure)}=${value}; Max-Age=${intent ? LIFETIME_S : 0}; ${flags}`;
}

/** The intent in a cookie's value, or null for anything that we did not seal. */
export async function openIntent(value: string | undefined): Promise<Intent | null> {
  if (!value) return null;
  try {
    const token = await decode({ token: value, secret: secret(), salt: SALT });
    const { purpose, tokenName, startedAtS } = token ?? {};
    if (purpose !== "link" && purpose !== "prove") return null;
    if (typeof tokenName !== "string" || typeof startedAtS !== "number") return null;
    return { purpose, tokenName, startedAtS };
  } catch {
    return null;
  }
}

function secret(): string {
  const value = process.env.NEXTAUTH_SECRET;
  if (!value) throw new Error("NEXTAUTH_SECRET is not set");
  return value;
}
