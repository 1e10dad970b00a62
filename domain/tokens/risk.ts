import { INFINITE_TTL_MS, isLonger } from "./lifecycle";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What the score of a token is made of; docs/risk.md explains each. */
export interface RiskFacts {
  enabled: boolean;
  kind: string;
  ttlMs: number;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** From how many networks it was used (address-range.ts). */
  networks: number;
  ownerEnabled: boolean;
  ownerRole: "user" | "verifier" | "admin";
}

export interface Risk {
  /** 0 for a token that cannot be used (expired or disabled), 1 to 100 for every other. */
  score: number;
  /** In words, the heaviest first: "no expiry", "never used for 120 days". */
  reasons: string[];
}

export const RISK_MAX = 100;

/** The one definition in words; the function token_risk of the database counts the same points. */
export function assessRisk(
  token: RiskFacts,
  { ttlMsMax, now }: { ttlMsMax: number | null; now: Date },
): Risk {
  const isExpired = token.expiresAt !== null && now > token.expiresAt;
  if (!token.enabled || isExpired) return { score: 0, reasons: [] };
  const parts = [
    lifetimePart(token.ttlMs),
    policyPart(token, ttlMsMax),
    idlePart(token, now),
    networksPart(token.networks),
    ownerStatePart(token.ownerEnabled),
    ownerRolePart(token.ownerRole),
  ].filter((part) => part.points > 0);
  return {
    score: 1 + parts.reduce((sum, part) => sum + part.points, 0),
    reasons: parts.toSorted((a, b) => b.points - a.points).map((part) => part.reason),
  };
}

interface Part {
  points: number;
  reason: string;
}

const NOTHING: Part = { points: 0, reason: "" };

function lifetimePart(ttlMs: number): Part {
  if (ttlMs === INFINITE_TTL_MS) return { points: 25, reason: "no expiry" };
  const points = ttlMs > 365 * DAY_MS ? 15 : ttlMs > 90 * DAY_MS ? 8 : 0;
  return { points, reason: `lives for ${Math.floor(ttlMs / DAY_MS)} days` };
}

function policyPart({ kind, ttlMs }: RiskFacts, ttlMsMax: number | null): Part {
  const isOver = kind !== "session" && isLonger(ttlMs, ttlMsMax);
  return isOver ? { points: 10, reason: "over the maximum lifetime" } : NOTHING;
}

function idlePart({ createdAt, lastUsedAt }: RiskFacts, now: Date): Part {
  const since = Math.max(createdAt.getTime(), lastUsedAt?.getTime() ?? 0);
  const days = Math.floor((now.getTime() - since) / DAY_MS);
  const points = days >= 180 ? 20 : days >= 90 ? 12 : days >= 30 ? 5 : 0;
  if (points === 0) return NOTHING;
  return lastUsedAt === null
    ? { points: points + 5, reason: `never used for ${days} days` }
    : { points, reason: `not used for ${days} days` };
}

function networksPart(networks: number): Part {
  const points = networks > 10 ? 10 : networks > 3 ? 5 : 0;
  return { points, reason: `used from ${networks} networks` };
}

function ownerStatePart(ownerEnabled: boolean): Part {
  return ownerEnabled ? NOTHING : { points: 15, reason: "owner is disabled" };
}

function ownerRolePart(ownerRole: RiskFacts["ownerRole"]): Part {
  if (ownerRole === "admin") return { points: 14, reason: "administrator’s token" };
  return ownerRole === "verifier" ? { points: 5, reason: "verifier’s token" } : NOTHING;
}
