/** The identity provider of this installation (OpenID Connect). */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the sign-in button calls it. */
  name: string;
  /** The group whose members are administrators; null leaves roles to people. */
  adminGroup: string | null;
  scope: string;
  /** With which ID tokens are signed; others are refused. */
  algorithm: string;
}

/** From OIDC_*, which the server has checked when it started; null without them. */
export function oidcSettings(): OidcSettings | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = process.env;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    name: process.env.OIDC_NAME || new URL(OIDC_ISSUER).host,
    adminGroup: process.env.OIDC_ADMIN_GROUP || null,
    scope: process.env.OIDC_SCOPE || "openid profile email",
    algorithm: process.env.OIDC_ID_TOKEN_ALGORITHM || "RS256",
  };
}
