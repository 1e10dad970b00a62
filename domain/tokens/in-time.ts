import { type Executor, transaction } from "@/db/client";
import { withinTime } from "@/db/token-facets";

// Less is not worth a connection.
const LEFT_MS_MIN = 5;

/** Reads while there is time until the deadline, which is on performance.now(); else undefined. */
export async function readInTime<T>(
  deadlineMs: number,
  read: (tx: Executor) => Promise<T>,
): Promise<T | undefined> {
  const leftMs = deadlineMs - performance.now();
  if (leftMs < LEFT_MS_MIN) return undefined;
  return transaction((tx) => withinTime(tx, leftMs, read));
}
