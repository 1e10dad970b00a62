import { type Executor, readWithin } from "@/db/client";

// Less is not worth a connection.
const LEFT_MS_MIN = 5;

/** Reads while there is time until the deadline, which is on performance.now(); else undefined. */
export async function readInTime<T>(
  deadlineMs: number,
  read: (tx: Executor) => Promise<T>,
): Promise<T | undefined> {
  const leftMs = deadlineMs - performance.now();
  return leftMs < LEFT_MS_MIN ? undefined : readWithin(leftMs, read);
}
