import type { UserActor } from "../actor";
import { getSettings } from "../settings/get";
import { sessionIdleMs } from "../settings/settings";
import { lastSeenMs, refusal } from "../tokens/check";
import { loadCredential } from "../tokens/credential-cache";
import { flushUses } from "../tokens/record-use";
import { isSecretOf, parseBearer } from "../tokens/secret";

/** How long a sign-in still lasts, by the limit that ends it first. */
export interface TimeLeft {
  username: string;
  /** Only an idle limit is put off by activity. */
  limit: "idle" | "total";
  leftMs: number;
  /** With how much time left its person is to be warned. */
  warnMs: number;
}

const WARN_MS = 2 * 60_000;

/**
 * How long the sign-in of a bearer still lasts, by the database's clock, or null when it has ended.
 * To ask is no activity: who only asks is signed out by the idle limit all the same.
 */
export async function timeLeftOf(bearer: string): Promise<TimeLeft | null> {
  const secret = parseBearer(bearer);
  if (!secret) return null;
  const { credential, askedMs } = await loadCredential(secret.name);
  if (!isSecretOf(secret, credential?.hash) || !credential) return null;
  const nowMs = credential.readAtMs + (performance.now() - askedMs);
  if (refusal(credential, nowMs)) return null;
  const idleMs = sessionIdleMs(credential.idleSetting);
  return nearest(credential.ownerName, {
    idle: { leftMs: lastSeenMs(credential) + idleMs - nowMs, wholeMs: idleMs },
    total: totalOf(credential.createdAt, credential.expiresAt, nowMs),
  });
}

/** The same for a sign-in that made this very request, without asking the database again. */
export async function timeLeftNow(actor: UserActor): Promise<TimeLeft> {
  const idleMs = (await getSettings()).sessionIdleMs;
  return nearest(actor.username, {
    idle: { leftMs: idleMs, wholeMs: idleMs },
    total: totalOf(null, actor.tokenExpiresAt, Date.now()),
  });
}

/**
 * Puts the idle limit off, on every process at once: the use that the actor's request already was
 * is stored now and not with the next ones.
 */
export async function staySignedIn(_actor: UserActor): Promise<void> {
  await flushUses();
}

interface Limit {
  leftMs: number;
  /** How long it is as a whole; null when that does not matter. */
  wholeMs: number | null;
}

function totalOf(createdAt: Date | null, expiresAt: Date | null, nowMs: number): Limit | null {
  if (!expiresAt) return null;
  const endMs = expiresAt.getTime();
  return { leftMs: endMs - nowMs, wholeMs: createdAt && endMs - createdAt.getTime() };
}

function nearest(
  username: string,
  { idle, total }: { idle: Limit; total: Limit | null },
): TimeLeft {
  const isTotal = total !== null && total.leftMs <= idle.leftMs;
  const { leftMs, wholeMs } = isTotal ? total : idle;
  // A limit of a minute or so would be warned of all the time.
  const warnMs = Math.min(WARN_MS, (wholeMs ?? Number.POSITIVE_INFINITY) / 3);
  return { username, limit: isTotal ? "total" : "idle", leftMs, warnMs };
}
