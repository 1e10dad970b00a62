import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "@/domain/actor";
import { authenticate } from "@/domain/tokens/authenticate";
import { openEnvelope, sessionCookieName } from "./envelope";
import { isSecure, originOf } from "./origin";

/** Who is signed in in this browser, decided anew by the database for each request; or null. */
export const currentActor = cache(async (): Promise<UserActor | null> => {
  const [cookieStore, headerList] = await Promise.all([cookies(), headers()]);
  const cookie = cookieStore.get(sessionCookieName(isSecure(headerList)));
  const envelope = await openEnvelope(cookie?.value);
  return envelope ? authenticate(envelope.bearer, originOf(headerList)) : null;
});

/** The signed-in actor; sends everybody else to the sign-in page, which leads back here. */
export async function requireActor(): Promise<UserActor> {
  const actor = await currentActor();
  if (actor) return actor;
  const path = (await headers()).get("x-latchkey-path") ?? "/tokens";
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
}
