import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { readAuditTail } from "@/db/audit-chain";
import { insertAuditEvent } from "@/db/audit-events";
import { insertNamedItems } from "@/db/bulk-items";
import { advanceJob, countUnfinished, insertJob } from "@/db/bulk-jobs";
import { type Executor, transaction } from "@/db/client";
import { lastTokenId } from "@/db/setting-effects";
import { lockUser } from "@/db/users";
import type { Actor, UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { requireBulk, requireBulkProof } from "./policy";
import { instantOf } from "./preview";
import { wakeRunner } from "./runner";
import { startInput } from "./schema";
import { type BulkTarget, targetOf } from "./target";

const UNFINISHED_MAX = 5;

type Wanted = z.output<typeof startInput>;

/**
 * Stores a bulk action with its event, to be carried out in the background; returns its id. What
 * was changed after `asOfSeq` will be left alone. Refuses what the actor may not do (forbidden),
 * without a recent proof (proofRequired), bad input and a missing reason (invalid), and a sixth
 * one while five of the actor's are not finished (tooManyRequests).
 */
export async function startBulk(actor: Actor, input: unknown): Promise<string> {
  const parsed = parseInput(startInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const wanted = parsed.value;
  const user = await requireBulk(actor, wanted);
  if (wanted.scope === "all" && !wanted.reason) {
    throw invalid([{ path: "reason", type: "required", message: "say why, for those it touches" }]);
  }
  await requireBulkProof(user, wanted);
  const id = randomUUID();
  await transaction((tx) => store(tx, user, id, wanted));
  wakeRunner();
  return id;
}

async function store(tx: Executor, actor: UserActor, id: string, wanted: Wanted): Promise<void> {
  await lockUser(tx, actor.userId, "update");
  if ((await countUnfinished(tx, actor.userId)) >= UNFINISHED_MAX) {
    const message = `${UNFINISHED_MAX} bulk actions of yours are not finished yet. Wait for one, or cancel one.`;
    throw new DomainError("tooManyRequests", message, { retryAfterMs: 60_000 });
  }
  const { ttlMsMax } = await currentSettings(tx);
  const target = targetOf(actor, wanted, ttlMsMax);
  const { seq } = await readAuditTail(tx);
  const expiresAt = instantOf(wanted.expiresAt);
  const reason = wanted.reason || null;
  await insertJob(tx, {
    id,
    actorId: actor.userId,
    actorName: actor.username,
    actorToken: actor.tokenName,
    address: actor.origin.address,
    userAgent: actor.origin.userAgent,
    scope: wanted.scope,
    action: wanted.action,
    expiresAt,
    reason,
    query: target.query,
    state: "collecting",
    asOfSeq: Math.min(wanted.asOfSeq, seq),
    collectedId: 0,
    lastId: target.names ? 0 : await lastTokenId(tx),
  });
  if (target.names) await storeNames(tx, id, { ...target, names: target.names });
  const object = {
    kind: "bulk",
    name: id,
    ownerId: wanted.scope === "own" ? actor.userId : null,
  } as const;
  const after = {
    action: wanted.action,
    scope: wanted.scope,
    ...(target.names ? { tokens: target.names.length } : { filter: target.query || "none" }),
    ...(wanted.expiresAt ? { expiresAt: wanted.expiresAt } : {}),
  };
  const details = { after, ...(reason ? { reason } : {}) };
  await insertAuditEvent(tx, auditEvent(actor, "bulk.start", object, details));
}

async function storeNames(
  tx: Executor,
  id: string,
  target: BulkTarget & { names: readonly string[] },
): Promise<void> {
  const { total, missing } = await insertNamedItems(tx, id, target);
  await advanceJob(tx, id, { state: "running", total, skipped: missing, position: missing });
}
