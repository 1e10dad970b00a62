import { type TokenState, tokenState } from "@/domain/tokens/lifecycle";
import type { Token } from "@/domain/tokens/token";

/** What the console shows of a token, and nothing more: it is written into the page. */
export interface TokenView {
  name: string;
  description: string;
  kind: string;
  state: TokenState;
  enabled: boolean;
  ttlMs: number;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedUserAgent: string | null;
  ownerName: string;
  ownerEnabled: boolean;
  current: boolean;
  resourceVersion: string;
}

export function toTokenView(token: Token, now: Date): TokenView {
  return {
    name: token.name,
    description: token.description,
    kind: token.kind,
    state: tokenState(token, now),
    enabled: token.enabled,
    ttlMs: token.ttlMs,
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    lastUsedAt: token.lastUsedAt,
    lastUsedAddress: token.lastUsedAddress,
    lastUsedUserAgent: token.lastUsedUserAgent?.slice(0, 80) ?? null,
    ownerName: token.ownerName,
    ownerEnabled: token.ownerEnabled,
    current: token.current,
    resourceVersion: token.resourceVersion,
  };
}

/** What the person who looks at tokens may do with their expiry. */
export interface Viewer {
  canExtend: boolean;
  /** The longest ttl allowed; null is no maximum. */
  ttlMsMax: number | null;
}
