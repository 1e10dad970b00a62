import type { TokenChange } from "@/db/token-changes";
import type { UserActor } from "../actor";
import { historyExpired } from "../collection";
import { type DomainError, toDomainError } from "../errors";
import type { Bell } from "./bell";
import { changesAfter, type Follower, isBehind } from "./change-hub";
import { visibleOwner } from "./policy";
import { isSelected, type TokenSelection } from "./selection";
import { type Token, toToken } from "./token";

const RETRY_MS = 500;

export type WatchEvent =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; token: Token }
  /** Everything up to this version was told; `isInitialEnd` after the state at the beginning. */
  | { type: "BOOKMARK"; resourceVersion: string; isInitialEnd: boolean }
  /** The last event: the watch cannot go on. */
  | { type: "ERROR"; error: DomainError };

export interface Following {
  follower: Follower;
  selection: TokenSelection;
  /** Everything up to this number was told. */
  at: number;
  /** What is told as ADDED before all changes. */
  state: AsyncIterable<Token[]>;
  tellsInitialEnd: boolean;
  hasBookmarks: boolean;
  bookmarkEveryMs: number;
  timeoutMs: number;
  bell: Bell;
}

/** The events of a watch until its end, each part made when it is asked for. */
export async function* watchEvents(following: Following): AsyncGenerator<WatchEvent[]> {
  const { follower, timeoutMs } = following;
  const endMs = performance.now() + timeoutMs;
  try {
    for await (const tokens of following.state) {
      if (follower.isEnded || performance.now() >= endMs) return;
      yield tokens.map((token) => ({ type: "ADDED", token }));
    }
  } catch (error) {
    // A part of the state is no state: it has to be asked for anew.
    const refusal = toDomainError(error);
    if (!refusal) throw error;
    yield [{ type: "ERROR", error: refusal }];
    return;
  }
  if (following.tellsInitialEnd) yield bookmark(following, true);
  yield* changeEvents(following, endMs);
}

async function* changeEvents(following: Following, endMs: number): AsyncGenerator<WatchEvent[]> {
  const { follower, hasBookmarks, bookmarkEveryMs } = following;
  let bookmarkMs = hasBookmarks ? performance.now() + bookmarkEveryMs : Infinity;
  while (!follower.isEnded && performance.now() < endMs) {
    const isBookmarkDue = performance.now() >= bookmarkMs;
    if (isBookmarkDue) bookmarkMs = performance.now() + bookmarkEveryMs;
    const events = isBookmarkDue
      ? bookmark(following, false)
      : await nextEvents(following, Math.min(endMs, bookmarkMs));
    if (events.length > 0) yield events;
    if (events[0]?.type === "ERROR") return;
  }
  if (hasBookmarks && !follower.isEnded) yield bookmark(following, false);
}

// None when it had to wait: then the time may be over.
async function nextEvents(following: Following, untilMs: number): Promise<WatchEvent[]> {
  const { follower, selection, at, bell } = following;
  if (!isBehind(at)) {
    await bell.waitUntil(untilMs);
    return [];
  }
  const part = await changesAfter(at, visibleOwner(follower.actor)).catch(duringOutage);
  if (!part) await bell.waitUntil(Math.min(untilMs, performance.now() + RETRY_MS));
  if (!part || follower.isEnded) return [];
  if (at < part.floor) return [{ type: "ERROR", error: historyExpired() }];
  following.at = part.upTo;
  return part.changes.flatMap((change) => toEvents(follower.actor, selection, change));
}

// A watch outlives an outage of the database: what happens meanwhile it is told afterwards.
function duringOutage(error: unknown): null {
  if (toDomainError(error)?.code !== "unavailable") throw error;
  return null;
}

function bookmark({ at }: Following, isInitialEnd: boolean): WatchEvent[] {
  return [{ type: "BOOKMARK", resourceVersion: String(at), isInitialEnd }];
}

// As in Kubernetes: what begins to be selected is added, what stops is deleted.
function toEvents(actor: UserActor, selection: TokenSelection, change: TokenChange): WatchEvent[] {
  const ownerId = visibleOwner(actor);
  if (ownerId !== undefined && change.token.ownerId !== ownerId) return [];
  const before = { ...change.token, ...change.previous };
  const was = change.type !== "ADDED" && isSelected(selection, before);
  const is = change.type !== "DELETED" && isSelected(selection, change.token);
  if (!was && !is) return [];
  const type = was && is ? "MODIFIED" : is ? "ADDED" : "DELETED";
  return [{ type, token: toToken(is ? change.token : before, actor.tokenName) }];
}
