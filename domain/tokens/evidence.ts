import { query } from "@/db/client";
import { readEvidence } from "@/db/token-evidence";
import { findToken } from "@/db/tokens";
import { findUser } from "@/db/users";
import type { Actor } from "../actor";
import { tokenNotFound } from "../errors";
import { getSettings } from "../settings/get";
import { flushEvidence } from "./count-use";
import { visibleOwner } from "./policy";
import { withPendingUse } from "./record-use";
import { assessRisk, type Risk } from "./risk";

const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

interface Sighted {
  value: string;
  firstAt: Date;
  lastAt: Date;
  uses: number;
}

export interface TokenEvidence {
  /** In use: within the last 30 days. */
  status: "in use" | "idle" | "never used";
  firstUsedAt: Date | null;
  lastUsedAt: Date | null;
  /** The last 20 of each, the latest first. */
  addresses: Sighted[];
  userAgents: Sighted[];
  networks: number;
  /** How often it was used on each of the last 30 days of UTC; the last one is today. */
  days: number[];
  risk: Risk;
  readAt: Date;
}

/**
 * Who and what uses a token: of this process to the moment, of others about a minute late. Refuses
 * a missing token and somebody else's alike (notFound).
 */
export async function tokenEvidence(actor: Actor, name: string): Promise<TokenEvidence> {
  const row = await query((db) => findToken(db, name, { ownerId: visibleOwner(actor) }));
  if (!row) throw tokenNotFound(name);
  // What cannot be stored now is shown later; the rest is there.
  await flushEvidence(row.id).catch(() => undefined);
  const [{ use, addresses, agents }, owner, { ttlMsMax }] = await Promise.all([
    query((db) => readEvidence(db, row.id)),
    query((db) => findUser(db, row.ownerId)),
    getSettings(),
  ]);
  const token = withPendingUse(row);
  const networks = use?.networks ?? 0;
  const facts = { ...token, networks, ownerRole: owner?.role ?? "user" };
  return {
    status: statusOf(token.lastUsedAt, row.readAt),
    firstUsedAt: use?.firstUsedAt ?? addresses.at(-1)?.firstAt ?? token.lastUsedAt,
    lastUsedAt: token.lastUsedAt,
    addresses,
    userAgents: agents,
    networks,
    days: daysOf(use?.uses ?? null, use?.daysAgo ?? null),
    risk: assessRisk(facts, { ttlMsMax, now: row.readAt }),
    readAt: row.readAt,
  };
}

function statusOf(lastUsedAt: Date | null, now: Date): TokenEvidence["status"] {
  if (lastUsedAt === null) return "never used";
  return now.getTime() - lastUsedAt.getTime() < DAYS * DAY_MS ? "in use" : "idle";
}

function daysOf(uses: number[] | null, daysAgo: number | null): number[] {
  const past = Math.max(daysAgo ?? 0, 0);
  const kept = (uses ?? []).slice(Math.min(past, DAYS));
  const since = Array.from({ length: Math.min(past, DAYS) }, () => 0);
  const days = [...kept, ...since];
  return [...Array.from({ length: DAYS - days.length }, () => 0), ...days];
}
