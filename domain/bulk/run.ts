import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { collectItems } from "@/db/bulk-items";
import {
  advanceJob,
  type BulkJobRecord,
  finishJob,
  holdJob,
  releaseJob,
  takeJob,
} from "@/db/bulk-jobs";
import { type Executor, query, transaction } from "@/db/client";
import { isUnavailable } from "@/db/errors";
import { processWide } from "@/db/process-wide";
import { lockUser } from "@/db/users";
import type { UserActor } from "../actor";
import { currentSettings } from "../settings/settings";
import { changeBatch } from "./batch";
import { whyNot } from "./policy";
import { targetOf } from "./target";

// Everybody else has their turn between two batches: checks, and changes that wait for the chain.
const PAUSE_SHARE = 0.25;
const PAUSE_MS_MIN = 5;
// After so long another job has its turn.
const SLICE_MS = 2_000;
const COLLECTED_IDS = 20_000;
const ATTEMPTS_MAX = 10;
const RETRY_MS = 1_000;

const self = processWide("bulk-process", () => randomUUID());

interface Slice {
  by?: string;
  sliceMs?: number;
  /** Asked between two batches. */
  isStopped?: () => boolean;
}

/**
 * Takes the job that waits longest and works on it for a while, batch by batch; false when there is
 * none. What a batch has done is stored with it, so another process can go on at any moment. What
 * fails is tried again later; a job whose changes cannot be stored ten times in a row has failed.
 */
export async function runSlice({
  by = self,
  sliceMs = SLICE_MS,
  isStopped = () => false,
}: Slice = {}): Promise<boolean> {
  const id = await query((db) => takeJob(db, by));
  if (id === undefined) return false;
  const endsAt = performance.now() + sliceMs;
  try {
    while (!isStopped()) {
      const startedAt = performance.now();
      if (!(await transaction((tx) => workOn(tx, id, by)))) return true;
      if (performance.now() >= endsAt) break;
      await sleep(Math.max((performance.now() - startedAt) * PAUSE_SHARE, PAUSE_MS_MIN));
    }
    await query((db) => releaseJob(db, id, by));
  } catch (error) {
    // An outage is nobody's fault and ends: it counts for nothing.
    const hasFailed = !isUnavailable(error);
    await query((db) => releaseJob(db, id, by, { waitMs: RETRY_MS, hasFailed }));
  }
  return true;
}

/** One batch. False when the job is finished, or another process has it. */
async function workOn(tx: Executor, id: string, by: string): Promise<boolean> {
  const job = await holdJob(tx, id, by);
  if (!job) return false;
  const actor = await actorOf(tx, job);
  if ("problem" in actor) {
    await finishJob(tx, id, "failed", actor.problem);
    return false;
  }
  if (job.attempts >= ATTEMPTS_MAX) {
    await finishJob(tx, id, "failed", "The changes could not be stored.");
    return false;
  }
  if (job.state === "collecting") {
    await collect(tx, job, actor);
    return true;
  }
  const result = await changeBatch(tx, job, actor);
  if (!result) {
    await finishJob(tx, id, "done");
    return false;
  }
  const changed = job.changed + result.changed;
  const skipped = job.skipped + result.skipped;
  await advanceJob(tx, id, { changed, skipped, position: changed + skipped, attempts: 0 });
  return true;
}

async function collect(tx: Executor, job: BulkJobRecord, actor: UserActor): Promise<void> {
  const { ttlMsMax } = await currentSettings(tx);
  const { conditions } = targetOf(actor, { scope: job.scope, query: job.query }, ttlMsMax);
  const upToId = Math.min(job.collectedId + COLLECTED_IDS, job.lastId);
  const range = { afterId: job.collectedId, upToId, position: job.total };
  const total = job.total + (await collectItems(tx, job.id, conditions, range));
  const state = upToId >= job.lastId ? "running" : "collecting";
  await advanceJob(tx, job.id, { collectedId: upToId, total, state, attempts: 0 });
}

// Who asked for it must still be allowed to at every batch; that sign-in may have ended by then.
async function actorOf(tx: Executor, job: BulkJobRecord): Promise<UserActor | { problem: string }> {
  const user = await lockUser(tx, job.actorId, "share");
  if (!user) return { problem: `${job.actorName} has been deleted.` };
  if (!user.enabled) return { problem: `${user.username} has been disabled.` };
  const { role, username } = user;
  if (whyNot({ kind: "user", role }, job)) {
    return { problem: `${username} is no administrator any more.` };
  }
  return {
    kind: "user",
    userId: user.id,
    username,
    role,
    tokenName: job.actorToken,
    tokenExpiresAt: null,
    // What was asked for in one go has one number in the trail.
    origin: { requestId: job.id, address: job.address, userAgent: job.userAgent },
  };
}
