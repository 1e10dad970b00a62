import { query } from "@/db/client";
import { listSessions as readSessions, type SessionQuery } from "@/db/session-list";
import { isPositionOf } from "@/db/token-list";
import type { UserActor } from "../actor";
import { getSettings } from "../settings/get";
import { getToken } from "../tokens/get";
import { visibleOwner } from "../tokens/policy";
import { withPendingUse } from "../tokens/record-use";
import { type Session, toSession } from "./session";

/** Which sign-ins: those of the actor but for this one, or everybody's, by the start of a name. */
export interface SessionFilter {
  scope: "own" | "all";
  owner?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
}

export interface SessionPage {
  sessions: Session[];
  /** To be passed as `after` or `before`; null where there are no more. */
  next: string | null;
  previous: string | null;
  readAt: Date;
}

const PAGE_SIZE_MAX = 200;

/**
 * One page of the sign-ins that work now, those that end last first. Whoever is no admin gets their
 * own, whatever is asked. A cursor that is none gives the first page.
 */
export async function listSessions(
  actor: UserActor,
  filter: SessionFilter,
  page: { size: number },
): Promise<SessionPage> {
  const size = Math.min(Math.max(page.size, 1), PAGE_SIZE_MAX);
  const { sessionIdleMs } = await getSettings();
  const from = positionOf(filter);
  const isOwn = filter.scope === "own";
  const rows = await query((db) =>
    readSessions(db, {
      ownerId: isOwn ? actor.userId : visibleOwner(actor),
      ownerNamePrefix: isOwn ? undefined : filter.owner,
      exceptName: isOwn ? actor.tokenName : undefined,
      idleMs: sessionIdleMs,
      from,
      limit: size + 1,
    }),
  );
  const hasMore = rows.length > size;
  const shown = from?.backwards ? rows.slice(-size) : rows.slice(0, size);
  const [first, last] = [shown[0], shown.at(-1)];
  const hasNext = from?.backwards || hasMore;
  const hasPrevious = from?.backwards ? hasMore : from !== undefined;
  return {
    sessions: shown.map((row) => toSession(withPendingUse(row), actor.tokenName)),
    next: hasNext && last ? encode(last.position) : null,
    previous: hasPrevious && first ? encode(first.position) : null,
    readAt: first?.readAt ?? new Date(),
  };
}

/** The sign-in that made this request. */
export async function currentSession(actor: UserActor): Promise<Session> {
  return toSession(await getToken(actor, actor.tokenName), actor.tokenName);
}

function positionOf({ after, before }: SessionFilter): SessionQuery["from"] {
  const cursor = before ?? after;
  if (cursor === undefined) return undefined;
  const position = decode(cursor);
  return position && { position, backwards: before !== undefined };
}

function encode(position: string): string {
  return Buffer.from(position).toString("base64url");
}

function decode(cursor: string): string[] | undefined {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(position) && isPositionOf("expires", position)
      ? (position as string[])
      : undefined;
  } catch {
    return undefined;
  }
}
