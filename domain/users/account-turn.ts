import { Mutex, type MutexInterface, withTimeout } from "async-mutex";
import { LRUCache } from "lru-cache";
import { processWide } from "@/db/process-wide";
import { tooManyWait, WAIT_MS } from "./password";

// One that is forgotten while it is busy lets one more in; the places of argon2id bound them all.
const ACCOUNTS_MAX = 10_000;

const turns = processWide(
  "account-turns",
  () => new LRUCache<string, MutexInterface>({ max: ACCOUNTS_MAX }),
);

/**
 * One after the other for each account, so that who guesses at one waits for their own guesses and
 * others do not. Refuses with tooManyRequests when too many wait.
 */
export function inAccountTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(account) ?? withTimeout(new Mutex(), WAIT_MS, tooManyWait());
  turns.set(account, turn);
  return turn.runExclusive(work);
}
