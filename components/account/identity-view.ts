/** What the console shows of an identity at a provider. */
export interface IdentityView {
  issuer: string;
  subject: string;
  label: string;
  linkedAt: Date;
  lastUsedAt: Date;
}

/** The identity provider of this installation. */
export interface Provider {
  name: string;
  issuer: string;
}
