import { query } from "@/db/client";
import { listLastUsed, readUserImpact } from "@/db/user-impact";
import type { Actor } from "../actor";
import { DomainError } from "../errors";
import { getSettings } from "../settings/get";
import { canManageUsers } from "./policy";

const WEEK_MS = 7 * 86_400_000;
const COUNT_MAX = 10_000;
const NAMED_MAX = 5;

/** What stops when a user is disabled or deleted. A count of `countMax` is at least that many. */
export interface UserImpact {
  tokens: number;
  tokensInUse: number;
  sessions: number;
  countMax: number;
  /** The tokens that were used last, within a week. */
  lastUsed: { name: string; description: string; lastUsedAt: Date }[];
}

/** What works of a user's now: for admins, before they stop it. */
export async function userImpact(actor: Actor, id: string): Promise<UserImpact> {
  if (!canManageUsers(actor))
    throw new DomainError("forbidden", "only an administrator may see it");
  const { sessionIdleMs: idleMs } = await getSettings();
  const [counts, lastUsed] = await query((db) =>
    Promise.all([
      readUserImpact(db, id, { sinceMs: WEEK_MS, idleMs, countMax: COUNT_MAX }),
      listLastUsed(db, id, NAMED_MAX),
    ]),
  );
  const isRecent = (at: Date) => Date.now() - at.getTime() < WEEK_MS;
  return {
    ...counts,
    countMax: COUNT_MAX,
    lastUsed: lastUsed.flatMap(({ lastUsedAt, ...token }) =>
      lastUsedAt && isRecent(lastUsedAt) ? [{ ...token, lastUsedAt }] : [],
    ),
  };
}
