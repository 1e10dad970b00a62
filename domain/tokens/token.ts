/** What a list shows of a token. */
export interface TokenSummary {
  name: string;
  ownerName: string;
  ownerEnabled: boolean;
  kind: string;
  description: string;
  /** Lifetime from creation; -1 is for ever. */
  ttlMs: number;
  enabled: boolean;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedUserAgent: string | null;
  resourceVersion: string;
  expired: boolean;
  /** Whether this token authenticated the request. */
  current: boolean;
}

/** What may leave the server of a token: every field is listed here, the hash never is. */
export interface Token extends TokenSummary {
  uid: string;
  ownerId: string;
  ownerPrincipal: Record<string, string>;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  updatedAt: Date;
}

/** A row as it is stored. */
type Stored<T extends TokenSummary> = Omit<T, "resourceVersion" | "expired" | "current"> & {
  resourceVersion: number;
  /** The database's clock when the row was read: it alone decides expiry. */
  readAt: Date;
};
export type StoredToken = Stored<Token>;

export function toToken(row: StoredToken, currentTokenName: string | undefined): Token {
  return {
    ...toSummary(row, currentTokenName),
    uid: row.uid,
    ownerId: row.ownerId,
    ownerPrincipal: row.ownerPrincipal,
    labels: row.labels,
    annotations: row.annotations,
    updatedAt: row.updatedAt,
  };
}

export function toSummary(
  row: Stored<TokenSummary>,
  currentTokenName: string | undefined,
): TokenSummary {
  return {
    name: row.name,
    ownerName: row.ownerName,
    ownerEnabled: row.ownerEnabled,
    kind: row.kind,
    description: row.description,
    ttlMs: row.ttlMs,
    enabled: row.enabled,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    lastUsedAddress: row.lastUsedAddress,
    lastUsedUserAgent: row.lastUsedUserAgent,
    resourceVersion: String(row.resourceVersion),
    expired: row.expiresAt !== null && row.readAt > row.expiresAt,
    current: row.name === currentTokenName,
  };
}
