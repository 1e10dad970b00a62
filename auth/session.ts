import { cookies, headers } from "next/headers";
import { type TimeLeft, timeLeftOf } from "@/domain/sessions/time-left";
import { deleteToken } from "@/domain/tokens/delete";
import { signIn } from "@/domain/users/sign-in";
import { currentActor } from "./current-actor";
import { openEnvelope, sealEnvelope, sessionCookieName, sessionCookieOptions } from "./envelope";
import { isSecure, originOf } from "./origin";

/** Signs this browser in with a fresh session token in its cookie. Refuses as the verb signIn. */
export async function startSession(input: unknown): Promise<void> {
  const headerList = await headers();
  const session = await signIn(input, originOf(headerList));
  const { userId, username, bearer, expiresAt } = session;
  const secure = isSecure(headerList);
  const value = await sealEnvelope({ sub: userId, name: username, bearer }, expiresAt);
  (await cookies()).set(sessionCookieName(secure), value, {
    ...sessionCookieOptions(secure),
    ...(expiresAt ? { expires: expiresAt } : {}),
  });
}

/** Deletes this browser's session token, so that a copy of its cookie ends too, and the cookie. */
export async function endSession(): Promise<void> {
  const actor = await currentActor();
  if (actor) await deleteToken(actor, actor.tokenName, { action: "session.sign-out" });
  const secure = isSecure(await headers());
  (await cookies()).set(sessionCookieName(secure), "", {
    ...sessionCookieOptions(secure),
    maxAge: 0,
  });
}

/** How long this browser's sign-in still lasts, or null without one. To ask is no activity. */
export async function timeLeftHere(): Promise<TimeLeft | null> {
  const [cookieStore, headerList] = await Promise.all([cookies(), headers()]);
  const cookie = cookieStore.get(sessionCookieName(isSecure(headerList)));
  const envelope = await openEnvelope(cookie?.value);
  return envelope ? timeLeftOf(envelope.bearer) : null;
}
