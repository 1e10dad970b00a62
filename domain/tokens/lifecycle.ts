/** A ttl that never ends. */
export const INFINITE_TTL_MS = -1;

/** A token that ends within this time is said to expire soon. */
export const EXPIRES_SOON_MS = 7 * 24 * 60 * 60 * 1_000;

// RFC 3339 has four digits for the year: about 7,900 years from now is the last expiry it can say.
const TTL_MS_REPRESENTABLE = 7_900 * 365.25 * 24 * 60 * 60 * 1_000;

export const TOKEN_STATES = ["active", "expires-soon", "expired", "disabled"] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

interface Lifespan {
  enabled: boolean;
  expiresAt: Date | null;
}

/** A disabled token is disabled whatever its expiry; else the expiry decides. */
export function tokenState(token: Lifespan, now: Date): TokenState {
  if (!token.enabled) return "disabled";
  if (token.expiresAt === null) return "active";
  const remainingMs = token.expiresAt.getTime() - now.getTime();
  if (remainingMs < 0) return "expired";
  return remainingMs <= EXPIRES_SOON_MS ? "expires-soon" : "active";
}

/** The instant at which a ttl ends, or null for an infinite one. */
export function expiryOf(createdAt: Date, ttlMs: number): Date | null {
  return ttlMs < 0 ? null : new Date(createdAt.getTime() + ttlMs);
}

export type TtlVerdict =
  | { ttlMs: number }
  | { refused: "invalid"; message: string }
  | { refused: "forbidden"; message: string };

/** The ttl of a new token (semantics section 2): absent or 0 is the maximum, above it is refused. */
export function judgeNewTtl(requestedMs: number | undefined, ttlMsMax: number | null): TtlVerdict {
  const ttlMs = withDefault(requestedMs, ttlMsMax);
  if (isMalformed(ttlMs) || isBeyondCalendar(ttlMs) || isLonger(ttlMs, ttlMsMax)) {
    return outOfRange(ttlMsMax);
  }
  return { ttlMs };
}

/**
 * A changed ttl (semantics section 3): everybody may shorten, an admin may extend up to the
 * maximum. An unchanged ttl is never judged, even one above a maximum that was lowered since.
 */
export function judgeTtlChange(change: {
  currentMs: number;
  requestedMs: number;
  ttlMsMax: number | null;
  byAdmin: boolean;
}): TtlVerdict {
  const ttlMs = withDefault(change.requestedMs, change.ttlMsMax);
  if (isMalformed(ttlMs)) return outOfRange(change.ttlMsMax);
  const isExtended = isLonger(ttlMs, change.currentMs);
  if (isExtended && !change.byAdmin) {
    return { refused: "forbidden", message: "only an administrator can extend spec.ttl" };
  }
  const isAboveMax = isExtended && isLonger(ttlMs, change.ttlMsMax);
  return isAboveMax || isBeyondCalendar(ttlMs) ? outOfRange(change.ttlMsMax) : { ttlMs };
}

function withDefault(requestedMs: number | undefined, ttlMsMax: number | null): number {
  return requestedMs === undefined || requestedMs === 0
    ? (ttlMsMax ?? INFINITE_TTL_MS)
    : requestedMs;
}

function isMalformed(ttlMs: number): boolean {
  if (ttlMs === INFINITE_TTL_MS) return false;
  return !Number.isSafeInteger(ttlMs) || ttlMs < 1;
}

function isBeyondCalendar(ttlMs: number): boolean {
  return ttlMs > TTL_MS_REPRESENTABLE;
}

/** Whether a ttl is longer than another, or than a maximum; infinite is longer than any number. */
export function isLonger(ttlMs: number, thanMs: number | null): boolean {
  if (thanMs === null || thanMs === INFINITE_TTL_MS) return false;
  return ttlMs === INFINITE_TTL_MS || ttlMs > thanMs;
}

function outOfRange(ttlMsMax: number | null): TtlVerdict {
  const allowed =
    ttlMsMax === null
      ? "must be -1 (never expires) or a positive number of milliseconds that ends before the year 10000"
      : `must be between 1 and ${ttlMsMax} (auth-token-max-ttl-minutes)`;
  return { refused: "invalid", message: allowed };
}
