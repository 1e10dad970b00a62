import type { Origin } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { authenticate } from "@/domain/tokens/authenticate";
import { isOwnIdentity, linkIdentity } from "@/domain/users/link-identity";
import { proveByIdentity } from "@/domain/users/prove";
import { signInWithIdentity } from "@/domain/users/sign-in-with-identity";
import type { Intent } from "./intent";
import { oidcSettings } from "./oidc";
import type { OidcProfile } from "./oidc-provider";

/** Whom the browser's cookie is to name after the way back from the provider. */
interface Welcome {
  id: string;
  name: string;
  bearer: string;
}

/** The browser as it comes back: its sign-in, if it has one, and what it went for. */
export interface Return {
  origin: Origin;
  bearer: string | null;
  intent: Intent | null;
}

const CLOCK_SKEW_S = 30;

/**
 * Does what somebody with these verified claims came back for: a sign-in, a link to the account of
 * the sign-in it began in, or the proof that its person is still there. Refuses as those verbs do.
 */
export async function comeBack(profile: OidcProfile, back: Return): Promise<Welcome> {
  const { intent, origin } = back;
  if (!intent) {
    const adminGroup = oidcSettings()?.adminGroup ?? null;
    const session = await signInWithIdentity(profile, { adminGroup }, origin);
    return { id: session.userId, name: session.username, bearer: session.bearer };
  }
  const bearer = back.bearer ?? "";
  const actor = await authenticate(bearer, origin);
  if (actor?.tokenName !== intent.tokenName || !actor) throw refused();
  if (intent.purpose === "link") await linkIdentity(actor, profile);
  else {
    // Signed in anew since it was asked for: a session at the provider that goes on proves nothing.
    const isFresh = Number(profile.auth_time) >= intent.startedAtS - CLOCK_SKEW_S;
    if (!isFresh || !(await isOwnIdentity(actor, profile))) throw refused();
    await proveByIdentity(actor);
  }
  return { id: actor.userId, name: actor.username, bearer };
}

function refused(): DomainError {
  return new DomainError("unauthenticated", "You could not be signed in.");
}
