import type { BulkAction } from "@/db/bulk-jobs";
import { INFINITE_TTL_MS, isLonger, judgeTtlChange } from "../tokens/lifecycle";

interface Judged {
  name: string;
  enabled: boolean;
  ttlMs: number;
  createdAt: Date;
  resourceVersion: number;
}

export interface BulkRules {
  action: BulkAction;
  /** Of an extension or a shortening; null is never. */
  expiresAt: Date | null;
  asOfSeq: number;
  /** With which the actor asked for it. */
  actorToken: string;
  ttlMsMax: number | null;
  byAdmin: boolean;
}

/** What is to become of one token of a bulk action, or why it is left as it is, in a sentence. */
export type BulkVerdict =
  | { change: { enabled?: boolean; ttlMs?: number } }
  | { change: "delete" }
  | { skip: string }
  /** By whom, the audit trail knows. */
  | { skip: "changed meanwhile" };

const STOPS: ReadonlySet<BulkAction> = new Set(["disable", "delete", "shorten"]);

/** Whether an action takes something from whoever uses the token. */
function stops(action: BulkAction): boolean {
  return STOPS.has(action);
}

/** Judges a token as it is stored now. */
export function judgeToken(rules: BulkRules, token: Judged): BulkVerdict {
  const { action } = rules;
  if (token.name === rules.actorToken && stops(action)) {
    return { skip: "It is the sign-in that asked for this." };
  }
  if (token.resourceVersion > rules.asOfSeq) return { skip: "changed meanwhile" };
  if (action === "delete") return { change: "delete" };
  if (action === "disable" || action === "enable") {
    const enabled = action === "enable";
    if (token.enabled !== enabled) return { change: { enabled } };
    return { skip: `It was ${enabled ? "enabled" : "disabled"} already.` };
  }
  return judgeExpiry(rules, token);
}

function judgeExpiry(rules: BulkRules, token: Judged): BulkVerdict {
  const requestedMs = ttlUntil(rules.expiresAt, token.createdAt);
  if (requestedMs === token.ttlMs) return { skip: "It ends then already." };
  const isExtended = isLonger(requestedMs, token.ttlMs);
  if (rules.action === "extend" && !isExtended) return { skip: "It ends later already." };
  if (rules.action === "shorten" && isExtended) return { skip: "It ends sooner already." };
  const verdict = judgeTtlChange({
    currentMs: token.ttlMs,
    requestedMs,
    ttlMsMax: rules.ttlMsMax,
    byAdmin: rules.byAdmin,
  });
  if ("ttlMs" in verdict) return { change: { ttlMs: verdict.ttlMs } };
  return {
    skip:
      verdict.refused === "forbidden"
        ? "Only an administrator can extend it."
        : "It would live longer than the longest lifetime allowed.",
  };
}

// What lies before its creation is the shortest lifetime there is: 0 would stand for the longest.
function ttlUntil(expiresAt: Date | null, createdAt: Date): number {
  if (expiresAt === null) return INFINITE_TTL_MS;
  return Math.max(expiresAt.getTime() - createdAt.getTime(), 1);
}
