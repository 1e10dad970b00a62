/** What may leave the server of a token: every field is listed here, the hash never is. */
export interface Token {
  name: string;
  uid: string;
  ownerId: string;
  ownerName: string;
  ownerEnabled: boolean;
  ownerPrincipal: Record<string, string>;
  kind: string;
  description: string;
  /** Lifetime from creation; -1 is for ever. */
  ttlMs: number;
  enabled: boolean;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  createdAt: Date;
  expiresAt: Date | null;
  updatedAt: Date;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedUserAgent: string | null;
  resourceVersion: string;
  expired: boolean;
  /** Whether this token authenticated the request. */
  current: boolean;
}

export interface StoredToken extends Omit<Token, "resourceVersion" | "expired" | "current"> {
  resourceVersion: number;
  /** The database's clock when the row was read: it alone decides expiry. */
  readAt: Date;
}

export function toToken(row: StoredToken, currentTokenName: string | undefined): Token {
  return {
    name: row.name,
    uid: row.uid,
    ownerId: row.ownerId,
    ownerName: row.ownerName,
    ownerEnabled: row.ownerEnabled,
    ownerPrincipal: row.ownerPrincipal,
    kind: row.kind,
    description: row.description,
    ttlMs: row.ttlMs,
    enabled: row.enabled,
    labels: row.labels,
    annotations: row.annotations,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    updatedAt: row.updatedAt,
    lastUsedAt: row.lastUsedAt,
    lastUsedAddress: row.lastUsedAddress,
    lastUsedUserAgent: row.lastUsedUserAgent,
    resourceVersion: String(row.resourceVersion),
    expired: row.expiresAt !== null && row.readAt > row.expiresAt,
    current: row.name === currentTokenName,
  };
}
