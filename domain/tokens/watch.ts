import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { readChangeBounds } from "@/db/token-collection";
import type { UserActor } from "../actor";
import { DomainError } from "../errors";
import { createBell } from "./bell";
import { countFollowers, endFollowers, type Follower, follow } from "./change-hub";
import { listCollection } from "./list-collection";
import { requireRemembered } from "./resource-version";
import type { TokenSelection } from "./selection";
import type { Token } from "./token";
import { type WatchEvent, watchEvents } from "./watch-events";

export interface WatchRequest {
  selection: TokenSelection;
  /** What the watcher has seen; without it the watch begins now. */
  after: number | undefined;
  /** Begins with the present state as ADDED. */
  withState: boolean;
  /** Tells the end of that state with a bookmark. */
  tellsInitialEnd: boolean;
  hasBookmarks: boolean;
  bookmarkEveryMs: number;
  timeoutMs: number;
}

export interface Watch {
  /** Events in the order of the commits, in parts that are read as they are taken. */
  parts: AsyncGenerator<WatchEvent[]>;
  /** Ends it at once, also while it waits. */
  close: () => void;
}

const WATCHES_PER_USER_MAX = 100;
const WATCHES_MAX = 2_000;
const RETRY_AFTER_MS = 5_000;

const watches = processWide("watches", () => ({ areEnded: false }));

/**
 * The changes of the tokens that the actor may see and the selection selects. Ends by its timeout,
 * with the actor's token or role, and when the process does. Refuses a version whose changes are
 * forgotten (expired) and more than 100 watches of one user (tooManyRequests).
 */
export async function watchTokens(actor: UserActor, request: WatchRequest): Promise<Watch> {
  const bounds = await query((db) => readChangeBounds(db));
  const { selection, after, withState } = request;
  if (after !== undefined) requireRemembered(after, bounds);
  requireRoom(actor);
  const bell = createBell();
  const follower: Follower = { actor, isEnded: false, wake: bell.ring };
  const leave = follow(follower, bounds.head);
  const close = () => {
    follower.isEnded = true;
    bell.ring();
    leave();
  };
  try {
    const list = withState ? await listCollection(actor, { selection, limit: 0 }) : undefined;
    const at = list ? Number(list.resourceVersion) : (after ?? bounds.head);
    const state = list?.parts ?? nothing();
    return { parts: closing(watchEvents({ ...request, follower, at, state, bell }), close), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Ends all watches and lets no new one begin: the process is about to end. */
export function endWatches(): void {
  watches.areEnded = true;
  endFollowers();
}

function requireRoom(actor: UserActor): void {
  const details = { retryAfterMs: RETRY_AFTER_MS };
  if (watches.areEnded) {
    throw new DomainError("unavailable", "This server is going down.", details);
  }
  const { ofUser, inAll } = countFollowers(actor.userId);
  if (ofUser < WATCHES_PER_USER_MAX && inAll < WATCHES_MAX) return;
  throw new DomainError(
    "tooManyRequests",
    "There are too many watches. End some of them.",
    details,
  );
}

async function* closing(parts: AsyncGenerator<WatchEvent[]>, close: () => void) {
  try {
    yield* parts;
  } finally {
    close();
  }
}

async function* nothing(): AsyncGenerator<Token[]> {}
