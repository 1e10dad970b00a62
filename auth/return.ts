import type { Return } from "./come-back";
import { openEnvelope, sessionCookieName } from "./envelope";
import { intentCookieName, openIntent } from "./intent";
import { isSecure, originOf } from "./origin";

interface ReadableCookies {
  get(name: string): { value: string } | undefined;
}

/** The browser of a request as next-auth's callbacks want to know it. */
export async function returnOf(headers: Headers, cookies: ReadableCookies): Promise<Return> {
  const secure = isSecure(headers);
  const envelope = await openEnvelope(cookies.get(sessionCookieName(secure))?.value);
  return {
    origin: originOf(headers),
    bearer: envelope?.bearer ?? null,
    intent: await openIntent(cookies.get(intentCookieName(secure))?.value),
  };
}
