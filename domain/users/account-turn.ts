import { Mutex, withTimeout } from "async-mutex";
import { processWide } from "@/db/process-wide";
import { tooManyWait, WAIT_MS } from "./password";

const turns = processWide("account-turns", () => new Map<string, Mutex>());

/**
 * One after the other for each name, so that who guesses at one account waits for their own guesses
 * and others do not. Refuses with tooManyRequests when too many wait.
 */
export async function inAccountTurn<T>(username: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(username) ?? new Mutex();
  turns.set(username, turn);
  try {
    const release = await withTimeout(turn, WAIT_MS, tooManyWait()).acquire();
    try {
      return await work();
    } finally {
      release();
    }
  } finally {
    if (!turn.isLocked() && turns.get(username) === turn) turns.delete(username);
  }
}
