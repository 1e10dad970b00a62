import { query } from "@/db/client";
import { clearAttempts, countAttempts, forgiveAttempts } from "@/db/sign-in-failures";
import { DomainError } from "../errors";

const WINDOW_MS = 15 * 60 * 1_000;

interface Attempt {
  username: string;
  address: string | null;
}

const PAIR = {
  keyOf: (a: Attempt) => `pair:${a.address}:${a.username.toLowerCase()}`,
  attemptsMax: 5,
};
const OTHERS = [
  { keyOf: (a: Attempt) => `account:${a.username.toLowerCase()}`, attemptsMax: 20 },
  { keyOf: (a: Attempt) => `address:${a.address}`, attemptsMax: 50 },
];

/** Counts an attempt before it is judged. `isFirst` is true for the one that reached the limit. */
export async function countSignIn(
  attempt: Attempt,
): Promise<{ refusal?: DomainError; isFirst?: boolean }> {
  // The pair comes first, and beyond its limit alone: a stranger who guesses at an account from one
  // place does not lock its owner out elsewhere.
  const overPair = await countOver([PAIR], attempt);
  const over = overPair.length > 0 ? overPair : await countOver(OTHERS, attempt);
  if (over.length === 0) return {};
  const retryAfterMs = Math.max(...over.map((count) => count.remainingMs));
  const minutes = Math.ceil(retryAfterMs / 60_000);
  const refusal = new DomainError(
    "tooManyRequests",
    `Too many attempts to sign in. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
    { retryAfterMs },
  );
  return { refusal, isFirst: over.some((count) => count.attempts === count.attemptsMax + 1) };
}

/** After a success: the pair's count starts again, and the attempt does not count elsewhere. */
export async function forgiveSignIn(attempt: Attempt): Promise<void> {
  await query(async (db) => {
    await clearAttempts(db, [PAIR.keyOf(attempt)]);
    await forgiveAttempts(
      db,
      OTHERS.map(({ keyOf }) => keyOf(attempt)),
    );
  });
}

// Counts the attempt under each limit and returns the counts that are above it.
async function countOver(limits: readonly (typeof PAIR)[], attempt: Attempt) {
  const keys = limits.map(({ keyOf }) => keyOf(attempt));
  const counts = await query((db) => countAttempts(db, keys, WINDOW_MS));
  return limits.flatMap(({ keyOf, attemptsMax }) => {
    const count = counts.find(({ key }) => key === keyOf(attempt));
    return count && count.attempts > attemptsMax ? [{ ...count, attemptsMax }] : [];
  });
}
