import { isFeedCurrent, onChange } from "@/db/change-feed";
import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { readSettings } from "@/db/settings";
import { type ChangePart, readChanges, type TokenChange } from "@/db/token-changes";
import { findWorkingTokens } from "@/db/working-tokens";
import type { UserActor } from "../actor";
import { sessionIdleMs } from "../settings/settings";

/** Who waits for changes. `wake` is called when there may be some, or when it has been ended. */
export interface Follower {
  actor: UserActor;
  wake: () => void;
  isEnded: boolean;
}

const POLL_MS = 1_000;
// While the change feed tells of every change, asking is only the second lock on the door.
const QUIET_POLL_MS = 5_000;
const RECENT_MAX = 2_000;
const RECENT_BYTES_MAX = 8_000_000;

const hub = processWide("token-change-hub", () => {
  const state = {
    followers: new Set<Follower>(),
    /** The changes after `from` up to `position`, which is as far as this process has read. */
    recent: [] as TokenChange[],
    recentBytes: 0,
    from: 0,
    position: 0,
    isRunning: false,
    isCheckDue: false,
    checkedMs: 0,
    /** When the first token of a follower ends. */
    nextEndMs: Number.POSITIVE_INFINITY,
    endTimer: undefined as NodeJS.Timeout | undefined,
    wake: () => {},
  };
  onChange((change) => {
    if (state.followers.size === 0 || change.kind === "settings") return;
    if (change.kind !== "token") state.isCheckDue = true;
    state.wake();
  });
  return state;
});

/** Adds a follower who has seen everything up to a number. Returns what removes it. */
export function follow(follower: Follower, head: number): () => void {
  hub.followers.add(follower);
  // What was true of it when its token was checked may be no longer, and its change heard already.
  hub.isCheckDue = true;
  if (hub.isRunning) hub.wake();
  else {
    hub.isRunning = true;
    Object.assign(hub, { recent: [], recentBytes: 0, from: head, position: head });
    run();
  }
  return () => {
    hub.followers.delete(follower);
    hub.wake();
  };
}

/** Whether there is something after this number. */
export function isBehind(after: number): boolean {
  return after < hub.position;
}

/**
 * The next changes after a number: those that this process has read lately from memory, older ones
 * of this owner from the database.
 */
export async function changesAfter(
  after: number,
  ownerId: string | undefined,
): Promise<ChangePart> {
  if (after < hub.from) {
    const { changes, upTo, ...part } = await query((db) => readChanges(db, { after, ownerId }));
    // Nobody is told of more than the hub has read: then it is known who may still be told.
    const { position } = hub;
    const known = changes.filter(({ seq }) => seq <= position);
    return { ...part, changes: known, upTo: Math.min(upTo, position) };
  }
  const start = hub.recent.findIndex((change) => change.seq > after);
  const changes = start < 0 ? [] : hub.recent.slice(start);
  return { changes, upTo: Math.max(hub.position, after), isWhole: true, floor: after };
}

/** How many follow changes now: of this user and in all. */
export function countFollowers(userId: string): { ofUser: number; inAll: number } {
  const followers = [...hub.followers];
  const ofUser = followers.filter(({ actor }) => actor.userId === userId).length;
  return { ofUser, inAll: followers.length };
}

/** Ends every follower, as the process ends. */
export function endFollowers(): void {
  for (const follower of hub.followers) end(follower);
}

// One reader for all followers. While the database is away they wait; then it is asked again.
async function run(): Promise<void> {
  while (hub.followers.size > 0) {
    const woken = wakeOrTimeout();
    try {
      await advance();
    } catch {
      hub.isCheckDue = true;
    }
    await woken;
  }
  clearTimeout(hub.endTimer);
  hub.isRunning = false;
}

function wakeOrTimeout(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, isFeedCurrent() ? QUIET_POLL_MS : POLL_MS);
    hub.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

async function advance(): Promise<void> {
  for (;;) {
    const after = hub.position;
    const part = await query((db) => readChanges(db, { after, ownerId: undefined }));
    const names = new Set(part.changes.map((change) => change.token.name));
    if ([...hub.followers].some(({ actor }) => names.has(actor.tokenName))) hub.isCheckDue = true;
    // Before anybody is told: what took somebody's right may have committed before these changes.
    await checkActors();
    // What was forgotten meanwhile is found missing by those who need it.
    if (after < part.floor) Object.assign(hub, { recent: [], recentBytes: 0, from: part.floor });
    remember(part);
    if (part.upTo === after) return;
    for (const follower of hub.followers) follower.wake();
    if (part.isWhole) return;
  }
}

function remember({ changes, upTo }: ChangePart): void {
  hub.recent.push(...changes);
  hub.position = upTo;
  hub.recentBytes += changes.reduce((sum, change) => sum + change.size, 0);
  while (hub.recent.length > RECENT_MAX || hub.recentBytes > RECENT_BYTES_MAX) {
    const oldest = hub.recent.shift();
    if (!oldest) return;
    hub.recentBytes -= oldest.size;
    hub.from = oldest.seq;
  }
}

// A watch must not outlive the token that asked for it, nor the role that let it see.
async function checkActors(): Promise<void> {
  const nowMs = performance.now();
  const isRecent = isFeedCurrent() && nowMs - hub.checkedMs < QUIET_POLL_MS;
  if (!hub.isCheckDue && isRecent && nowMs < hub.nextEndMs) return;
  hub.isCheckDue = false;
  const followers = [...hub.followers];
  const names = [...new Set(followers.map(({ actor }) => actor.tokenName))];
  const working = await query(async (db) => {
    const settings = await readSettings(db);
    const idleMs = sessionIdleMs(settings.get("auth-user-session-idle-ttl-minutes") ?? null);
    return findWorkingTokens(db, names, idleMs);
  });
  hub.checkedMs = nowMs;
  const endsInMs = [...working.values()].map((token) => token.endsInMs);
  checkAgainIn(Math.min(...endsInMs, Number.POSITIVE_INFINITY));
  for (const follower of followers) {
    if (working.get(follower.actor.tokenName)?.role !== follower.actor.role) end(follower);
  }
}

// When the first token ends; who ends later than the next check is looked at by that one.
function checkAgainIn(ms: number): void {
  clearTimeout(hub.endTimer);
  hub.nextEndMs = performance.now() + ms;
  if (ms < QUIET_POLL_MS) hub.endTimer = setTimeout(() => hub.wake(), ms + 1);
}

function end(follower: Follower): void {
  follower.isEnded = true;
  follower.wake();
}
