import { Mutex, type MutexInterface, withTimeout } from "async-mutex";
import { LRUCache } from "lru-cache";
import { processWide } from "@/db/process-wide";
import { tooManyWait, WAIT_MS } from "./password";

// One that is forgotten while it is busy lets one more in; the places of argon2id bound them all.
const ACCOUNTS_MAX = 10_000;
const PAUSE_MS = 100;

const turns = processWide(
  "account-turns",
  () => new LRUCache<string, MutexInterface>({ max: ACCOUNTS_MAX }),
);

/**
 * One judgement after the other for each account, and after a wrong one a pause, so that who guesses
 * at one waits for their own guesses and others do not notice. Refuses with tooManyRequests when too
 * many wait.
 */
export async function inAccountTurn(
  account: string,
  judge: () => Promise<boolean>,
): Promise<boolean> {
  const turn = turns.get(account) ?? withTimeout(new Mutex(), WAIT_MS, tooManyWait());
  turns.set(account, turn);
  const release = await turn.acquire();
  let isWrong = false;
  try {
    isWrong = !(await judge());
    return !isWrong;
  } finally {
    if (isWrong) setTimeout(release, PAUSE_MS).unref();
    else release();
  }
}
