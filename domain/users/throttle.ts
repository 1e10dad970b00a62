import { query } from "@/db/client";
import { isKnownPlace, noteKnownPlace } from "@/db/known-places";
import { clearAttempts, countAttempts, forgiveAttempts } from "@/db/sign-in-failures";
import { DomainError } from "../errors";
import { inAccountTurn } from "./account-turn";
import { knownRefusalMs, rememberRefusal } from "./known-refusals";
import { placeOf } from "./place";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Attempt {
  username: string;
  /** Null for a name that is nobody's: counted alike. */
  userId: string | null;
  address: string | null;
}

interface Limit {
  keyOf: (attempt: Attempt) => string;
  attemptsMax: number;
  windowMs: number;
}

/** By one place at one account, the user's usual place included. */
const PAIR: Limit = {
  keyOf: (attempt) => `${pairPrefix(attempt.username)}${placeOf(attempt.address)}`,
  attemptsMax: 5,
  windowMs: 15 * MINUTE_MS,
};

/** What does not count where the user has signed in from before. */
const ELSEWHERE: readonly Limit[] = [
  { keyOf: (attempt) => accountKey(attempt.username), attemptsMax: 20, windowMs: 15 * MINUTE_MS },
  // Below the hundred that NIST SP 800-63B-4 allows in a row, each day anew.
  { keyOf: (attempt) => dayKey(attempt.username), attemptsMax: 90, windowMs: DAY_MS },
  {
    keyOf: ({ address }) => `place:${placeOf(address)}`,
    attemptsMax: 50,
    windowMs: 15 * MINUTE_MS,
  },
  // By everybody together: an organisation of ten thousand mistypes less than that, and an attacker
  // with many places and names gets no more than 4 % of what two cores could compute.
  { keyOf: () => "everybody", attemptsMax: 1_000, windowMs: 15 * MINUTE_MS },
];

const pairPrefix = (username: string) => `pair:${username.toLowerCase()}\n`;
const accountKey = (username: string) => `account:${username.toLowerCase()}`;
const dayKey = (username: string) => `day:${username.toLowerCase()}`;

/** What a limit on this user's sign-ins would be stored under. */
export function lockKeysOf(username: string) {
  return {
    pairPrefix: pairPrefix(username),
    keys: [
      { key: accountKey(username), attemptsMax: ELSEWHERE[0]?.attemptsMax ?? 0 },
      { key: dayKey(username), attemptsMax: ELSEWHERE[1]?.attemptsMax ?? 0 },
    ],
    pairAttemptsMax: PAIR.attemptsMax,
  };
}

/** An attempt that was counted, and under which limits. */
export interface Counted {
  attempt: Attempt;
  limits: readonly Limit[];
  /** Why it may not be judged. */
  refusal?: DomainError;
  /** Whether it is the one that reached the limit. */
  isFirst?: boolean;
}

/**
 * Counts an attempt before it is judged. One that is refused is counted only where the limit is
 * reached: it uses up no other, such as everybody's. Far beyond a limit nothing is written at all.
 */
export async function countSignIn(attempt: Attempt): Promise<Counted> {
  const knownMs = await knownRefusal(attempt);
  if (knownMs > 0) return { attempt, limits: [], refusal: refusalFor(knownMs) };
  // The pair comes first, and beyond its limit alone: a stranger who guesses at an account from one
  // place does not lock its owner out elsewhere.
  const overPair = await countOver([PAIR], attempt);
  const isAlone = overPair.length > 0 || (await isAtHome(attempt));
  const limits = isAlone ? [PAIR] : [PAIR, ...ELSEWHERE];
  const over = isAlone ? overPair : await countOver(ELSEWHERE, attempt);
  if (over.length === 0) return { attempt, limits };
  for (const { key, remainingMs } of over) rememberRefusal(key, remainingMs);
  const isOver = ({ keyOf }: Limit) => over.some(({ key }) => key === keyOf(attempt));
  const others = limits.filter((limit) => limit !== PAIR && !isOver(limit));
  if (others.length > 0) await takeBack({ attempt, limits: others });
  const refusal = refusalFor(Math.max(...over.map(({ remainingMs }) => remainingMs)));
  const isFirst = over.some((count) => count.attempts === count.attemptsMax + 1);
  return { attempt, limits, refusal, isFirst };
}

/**
 * Judges a counted attempt, in the turn of its account. One that cannot be judged was no guess: it
 * does not count, or who is told to wait a moment could soon be told to wait for a quarter of an hour.
 */
export async function judgeSignIn(
  counted: Counted,
  judge: () => Promise<boolean>,
): Promise<boolean> {
  return countedIfDone(counted, () => inAccountTurn(accountKey(counted.attempt.username), judge));
}

/**
 * Does what a right attempt is for. Where that fails it does not count: an outage of a minute must
 * lock nobody out for a quarter of an hour.
 */
export async function countedIfDone<T>(counted: Counted, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // In an outage this may fail as well, and the first failure is what is told.
    await takeBack(counted).catch(() => undefined);
    throw error;
  }
}

/**
 * After a success: the pair's count starts again, the attempt does not count elsewhere, and guesses
 * made elsewhere lock nobody out here any more.
 */
export async function forgiveSignIn(counted: Counted): Promise<void> {
  const { attempt } = counted;
  await takeBack(counted);
  await query(async (db) => {
    await clearAttempts(db, [PAIR.keyOf(attempt)]);
    if (attempt.userId) await noteKnownPlace(db, attempt.userId, placeOf(attempt.address));
  });
}

// Only where it was counted: else sign-ins at a usual place would make room for guesses there.
function takeBack({ attempt, limits }: Pick<Counted, "attempt" | "limits">): Promise<void> {
  const keys = limits.map(({ keyOf }) => keyOf(attempt));
  return query((db) => forgiveAttempts(db, keys));
}

// What is known to be over elsewhere says nothing of the user's usual place.
async function knownRefusal(attempt: Attempt): Promise<number> {
  const [pairMs, elsewhereMs] = [[PAIR], ELSEWHERE].map((limits) =>
    knownRefusalMs(limits.map(({ keyOf }) => keyOf(attempt))),
  );
  if (pairMs) return pairMs;
  return elsewhereMs && !(await isAtHome(attempt)) ? elsewhereMs : 0;
}

function isAtHome({ userId, address }: Attempt): Promise<boolean> {
  return query((db) => isKnownPlace(db, userId ?? "", placeOf(address)));
}

// Counts the attempt under each limit and returns the counts that are above it.
async function countOver(limits: readonly Limit[], attempt: Attempt) {
  const keys = limits.map(({ keyOf, windowMs }) => ({ key: keyOf(attempt), windowMs }));
  const counts = await query((db) => countAttempts(db, keys));
  return limits.flatMap(({ keyOf, attemptsMax }) => {
    const count = counts.find(({ key }) => key === keyOf(attempt));
    return count && count.attempts > attemptsMax ? [{ ...count, attemptsMax }] : [];
  });
}

function refusalFor(retryAfterMs: number): DomainError {
  const message = `Too many attempts to sign in. Try again in ${inWords(retryAfterMs)}.`;
  return new DomainError("tooManyRequests", message, { retryAfterMs });
}

function inWords(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  if (minutes > 90) return `${Math.ceil(minutes / 60)} hours`;
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}
