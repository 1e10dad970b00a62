import type { Actor } from "../actor";
import { DomainError } from "../errors";
import { getSettings } from "../settings/get";
import { listTokens } from "../tokens/list";
import type { TokenSummary } from "../tokens/token";
import { canManageUsers } from "./policy";

const SHOWN_MAX = 10;
// Those that are over are left out of the newest so many.
const SESSIONS_READ_MAX = 50;

/** Some tokens of a user, those used last first. For admins (else forbidden). */
export async function lastUsedTokensOf(actor: Actor, id: string): Promise<TokenSummary[]> {
  requireManager(actor);
  const filter = { sort: "last-used", descending: true } as const;
  return (await listTokens(actor, filter, { size: SHOWN_MAX, ownerId: id })).tokens;
}

/** The newest sign-ins of a user that still hold, the latest first. For admins (else forbidden). */
export async function liveSessionsOf(actor: Actor, id: string): Promise<TokenSummary[]> {
  requireManager(actor);
  const filter = { kind: "session", sort: "created", descending: true } as const;
  const page = { size: SESSIONS_READ_MAX, ownerId: id };
  const [{ tokens, readAt }, { sessionIdleMs }] = await Promise.all([
    listTokens(actor, filter, page),
    getSettings(),
  ]);
  return tokens.filter((session) => {
    const seenAt = session.lastUsedAt ?? session.createdAt;
    const isIdle = readAt.getTime() - seenAt.getTime() > sessionIdleMs;
    return session.enabled && !session.expired && !isIdle;
  });
}

function requireManager(actor: Actor): void {
  if (canManageUsers(actor)) return;
  throw new DomainError("forbidden", "only an administrator may see it");
}
