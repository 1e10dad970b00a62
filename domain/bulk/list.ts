import { listJobs } from "@/db/bulk-jobs";
import { query } from "@/db/client";
import { isAdmin, type UserActor } from "../actor";
import { isJobId } from "./get";
import { type BulkJob, toJob } from "./job";

const PAGE_SIZE = 25;

/** The newest bulk actions, of administrators' pages everybody's; from an id on, the older ones. */
export async function listBulk(
  actor: UserActor,
  { before }: { before?: string | undefined } = {},
): Promise<{ jobs: BulkJob[]; next: string | null }> {
  const rows = await query((db) =>
    listJobs(db, {
      ...(isAdmin(actor) ? {} : { actorId: actor.userId }),
      ...(before !== undefined && isJobId(before) ? { beforeId: before } : {}),
      limit: PAGE_SIZE + 1,
    }),
  );
  const jobs = rows.slice(0, PAGE_SIZE).map(toJob);
  return { jobs, next: rows.length > PAGE_SIZE ? (jobs.at(-1)?.id ?? null) : null };
}
