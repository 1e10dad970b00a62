import { findJob } from "@/db/bulk-jobs";
import { query } from "@/db/client";
import type { Actor } from "../actor";
import { type BulkJob, toJob } from "./job";
import { canSeeJob, jobNotFound } from "./policy";

const JOB_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export function isJobId(id: string): boolean {
  return JOB_ID.test(id);
}

/** A bulk action and how far it has come, for whoever started it and administrators (else notFound). */
export async function getBulk(actor: Actor, id: string): Promise<BulkJob> {
  const job = isJobId(id) ? await query((db) => findJob(db, id)) : undefined;
  if (!job || !canSeeJob(actor, job)) throw jobNotFound();
  return toJob(job);
}
