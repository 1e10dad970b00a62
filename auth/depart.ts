import type { UserActor } from "@/domain/actor";
import { type Intent, intentCookie } from "./intent";
import { authOptions } from "./options";
import { isSecure } from "./origin";
import { returnOf } from "./return";
import { startOidc } from "./start-oidc";

type Request = { headers: Headers; cookies: Parameters<typeof returnOf>[1] };

interface Purpose {
  callbackUrl: string;
  /** Set when a signed-in person goes there for something else than a sign-in. */
  intent?: { purpose: Intent["purpose"]; actor: UserActor };
}

/**
 * Leads the browser to the identity provider; null when that cannot be reached. A page and not a
 * redirect, because a form's redirect to another site is against our content security policy.
 */
export async function departToProvider(
  request: Request,
  { callbackUrl, intent }: Purpose,
): Promise<Response | null> {
  const secure = isSecure(request.headers);
  const options = authOptions(secure, await returnOf(request.headers, request.cookies));
  // A proof is worth something only when the person has signed in anew for it.
  const query: Record<string, string> =
    intent?.purpose === "prove" ? { prompt: "login", max_age: "0" } : {};
  const departure = await startOidc({ options, callbackUrl, query });
  if (!departure) return null;
  const headers = new Headers({
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    Refresh: `0; url=${departure.location}`,
  });
  for (const cookie of departure.cookies) headers.append("Set-Cookie", cookie);
  const kept = intent && {
    purpose: intent.purpose,
    tokenName: intent.actor.tokenName,
    startedAtS: Math.floor(Date.now() / 1_000),
  };
  headers.append("Set-Cookie", await intentCookie(secure, kept ?? null));
  const page = '<!doctype html><html lang="en"><title>Latchkey</title><p>One moment…</p></html>';
  return new Response(page, { headers });
}
