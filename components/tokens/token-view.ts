import { type TokenState, tokenState } from "@/domain/tokens/lifecycle";
import type { Risk } from "@/domain/tokens/risk";
import type { TokenSummary } from "@/domain/tokens/token";

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
  /** 0 where nothing can be said, as of a token that cannot be used. */
  riskScore: number;
  riskReasons: string;
}

export function toTokenView(token: TokenSummary & { risk?: Risk }, now: Date): TokenView {
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
    riskScore: token.risk?.score ?? 0,
    riskReasons: token.risk?.reasons.join(" · ") ?? "",
  };
}

/**
 * Many tokens as one text. As objects, each of their fields is walked by React when the page is
 * made, again when it is written, and again in the browser; a text is only copied.
 */
export function packTokens(tokens: readonly TokenView[]): string {
  return JSON.stringify(tokens.map(pack));
}

/** What packTokens packed. */
export function unpackTokens(text: string): TokenView[] {
  return (JSON.parse(text) as Packed[]).map(unpack);
}

type Packed = ReturnType<typeof pack>;

function pack(token: TokenView) {
  return [
    token.name,
    token.description,
    token.kind,
    token.state,
    token.enabled,
    token.ttlMs,
    token.createdAt.getTime(),
    token.expiresAt?.getTime() ?? null,
    token.lastUsedAt?.getTime() ?? null,
    token.lastUsedAddress,
    token.lastUsedUserAgent,
    token.ownerName,
    token.ownerEnabled,
    token.current,
    token.resourceVersion,
    token.riskScore,
    token.riskReasons,
  ] as const;
}

function unpack(packed: Packed): TokenView {
  const [name, description, kind, state, enabled, ttlMs, created, expires, used, ...rest] = packed;
  const [address, userAgent, ownerName, ownerEnabled, current, resourceVersion, ...risk] = rest;
  return {
    name,
    description,
    kind,
    state,
    enabled,
    ttlMs,
    createdAt: new Date(created),
    expiresAt: toDate(expires),
    lastUsedAt: toDate(used),
    lastUsedAddress: address,
    lastUsedUserAgent: userAgent,
    ownerName,
    ownerEnabled,
    current,
    resourceVersion,
    riskScore: risk[0],
    riskReasons: risk[1],
  };
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

/** What the person who looks at tokens may do with their expiry. */
export interface Viewer {
  canExtend: boolean;
  /** The longest ttl allowed; null is no maximum. */
  ttlMsMax: number | null;
}
