import { purgeJobs } from "@/db/bulk-jobs";
import { transaction } from "@/db/client";

const RETENTION_DAYS = 90;
const BATCH_SIZE = 2_000;

/** Forgets bulk actions that ended 90 days ago, in short transactions; their events stay. */
export async function purgeBulk(): Promise<number> {
  let purged = 0;
  for (;;) {
    const count = await transaction((tx) =>
      purgeJobs(tx, { days: RETENTION_DAYS, limit: BATCH_SIZE }),
    );
    if (count === 0) return purged;
    purged += count;
  }
}
