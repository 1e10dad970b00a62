import { cookies, headers } from "next/headers";
import { deleteToken } from "@/domain/tokens/delete";
import { signIn } from "@/domain/users/sign-in";
import { currentActor } from "./current-actor";
import { sealEnvelope, sessionCookieName, sessionCookieOptions } from "./envelope";
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
