import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Origin } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";
import { authenticate } from "@/domain/tokens/authenticate";
import { deleteToken } from "@/domain/tokens/delete";
import { signIn } from "@/domain/users/sign-in";
import { comeBack, type Return } from "./come-back";
import { openEnvelope, sessionCookieName, sessionCookieOptions } from "./envelope";
import { oidcSettings } from "./oidc";
import { type OidcProfile, oidcProvider } from "./oidc-provider";
import { safePath } from "./safe-path";

const ENVELOPE_LIFETIME_S = 30 * 24 * 60 * 60;

/**
 * next-auth's settings for one request. The cookie only carries a session token: whoever reads it
 * asks `authenticate`, so a signed-out, disabled or idle session is no session whatever its cookie.
 */
export function authOptions(secure: boolean, back: Return): NextAuthOptions {
  const { origin } = back;
  const provider = oidcSettings();
  return {
    pages: { signIn: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: ENVELOPE_LIFETIME_S },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: sessionCookieName(secure), options: sessionCookieOptions(secure) },
    },
    // Its own warnings carry parameters of the request; refusals are in the audit trail.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
    providers: [
      CredentialsProvider({
        name: "local",
        credentials: { username: {}, password: {} },
        authorize: (credentials) => authorize(credentials, origin),
      }),
      ...(provider ? [oidcProvider(provider)] : []),
    ],
    jwt: {
      decode: async ({ token }) => {
        const envelope = await openEnvelope(token);
        return envelope && (await authenticate(envelope.bearer, origin)) ? envelope : null;
      },
    },
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== "oidc") return true;
        const welcome = await welcomeBack(profile as OidcProfile, back);
        // What it is given here is what the callback below makes the cookie of.
        if (welcome) Object.assign(user, welcome);
        return welcome !== null;
      },
      jwt: ({ token, user }) =>
        user && "bearer" in user
          ? { sub: user.id, name: user.name ?? null, bearer: user.bearer }
          : token,
      session: ({ session, token }) => ({ ...session, user: { name: token.name ?? null } }),
      redirect: ({ url, baseUrl }) => baseUrl + safePath(pathOn(url, baseUrl)),
    },
    events: {
      signOut: async ({ token }) => {
        const bearer = typeof token?.bearer === "string" ? token.bearer : "";
        const actor = await authenticate(bearer, origin);
        if (actor) await deleteToken(actor, actor.tokenName, { action: "session.sign-out" });
      },
    },
  };
}

async function welcomeBack(profile: OidcProfile, back: Return) {
  try {
    return await comeBack(profile, back);
  } catch (error) {
    if (toDomainError(error)) return null;
    throw new Error("failed");
  }
}

// Whatever is thrown here ends up in the browser's address: only a code without content may.
async function authorize(credentials: Record<string, string> | undefined, origin: Origin) {
  try {
    const { username = "", password = "" } = credentials ?? {};
    const session = await signIn({ username, password }, origin);
    return { id: session.userId, name: session.username, bearer: session.bearer };
  } catch (error) {
    const code = toDomainError(error)?.code;
    if (code === "tooManyRequests" || code === "unavailable") throw new Error(code);
    return null;
  }
}

function pathOn(url: string, baseUrl: string): string {
  return url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
}
