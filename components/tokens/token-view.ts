import { type TokenState, tokenState } from "@/domain/tokens/lifecycle";
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
}

export function toTokenView(token: TokenSummary, now: Date): TokenView {
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

/**
 * Many tokens as one text. As objects, each of their fields is walked by React when the page is
 * made, again when it is written, and again in the browser; a text is only copied.
 */
export function packTokens(tokens: readonly TokenView[]): string {
  return JSON.stringify(
    tokens.map(({ createdAt, expiresAt, lastUsedAt, ...token }) => [
      ...FIELDS.map((field) => token[field]),
      createdAt.getTime(),
      expiresAt?.getTime() ?? null,
      lastUsedAt?.getTime() ?? null,
    ]),
  );
}

export function unpackTokens(text: string): TokenView[] {
  const rows: unknown[][] = JSON.parse(text);
  return rows.map((row) => {
    const [createdMs, expiresMs, usedMs] = row.slice(FIELDS.length) as (number | null)[];
    return {
      ...Object.fromEntries(FIELDS.map((field, at) => [field, row[at]])),
      createdAt: new Date(createdMs ?? 0),
      expiresAt: toDate(expiresMs),
      lastUsedAt: toDate(usedMs),
    } as TokenView;
  });
}

const FIELDS = [
  "name",
  "description",
  "kind",
  "state",
  "enabled",
  "ttlMs",
  "lastUsedAddress",
  "lastUsedUserAgent",
  "ownerName",
  "ownerEnabled",
  "current",
  "resourceVersion",
] as const satisfies readonly (keyof TokenView)[];

function toDate(ms: number | null | undefined): Date | null {
  return ms === null || ms === undefined ? null : new Date(ms);
}

/** What the person who looks at tokens may do with their expiry. */
export interface Viewer {
  canExtend: boolean;
  /** The longest ttl allowed; null is no maximum. */
  ttlMsMax: number | null;
}
