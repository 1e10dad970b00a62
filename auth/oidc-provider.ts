import type { OAuthConfig } from "next-auth/providers/oauth";
import type { OidcSettings } from "./oidc";

// Below the five seconds in which an answer is promised: one try, then the error page.
const TIMEOUT_MS = 3_500;
const CLOCK_SKEW_S = 30;

/** The verified claims of whoever comes back from the provider. */
export interface OidcProfile extends Record<string, unknown> {
  iss: string;
  sub: string;
}

/**
 * The identity provider as next-auth wants it: code flow with PKCE, state and nonce. The ID token's
 * signature, algorithm, audience, nonce and expiry are checked by its OpenID client; that it is not
 * from the future, and of the configured issuer whatever the discovery document says, is checked here.
 */
export function oidcProvider(settings: OidcSettings): OAuthConfig<OidcProfile> {
  return {
    id: "oidc",
    name: settings.name,
    type: "oauth",
    wellKnown: `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    client: { id_token_signed_response_alg: settings.algorithm },
    authorization: { params: { scope: settings.scope } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: TIMEOUT_MS },
    userinfo: {
      async request({ tokens, client }) {
        const { claims } = tokens as typeof tokens & { claims(): OidcProfile };
        const verified = claims.call(tokens);
        // Groups are often there only. Its subject must be the ID token's (OpenID Core, 5.3.2).
        const isOffered = client.issuer.metadata.userinfo_endpoint !== undefined;
        const info = isOffered ? await client.userinfo(tokens as never) : {};
        return { ...info, ...verified };
      },
    },
    profile(profile) {
      if (profile.iss !== settings.issuer) throw new Error("another issuer");
      if (!(Number(profile.iat) <= Date.now() / 1_000 + CLOCK_SKEW_S)) throw new Error("too early");
      return { id: profile.sub };
    },
  };
}
