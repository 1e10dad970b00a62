import { insertAuditEvents, latestAuditEvents, type NewAuditEvent } from "@/db/audit-events";
import { changeTokens, lockTokensById } from "@/db/bulk-changes";
import { type BulkOutcome, nextItems, storeOutcomes } from "@/db/bulk-items";
import type { BulkJobRecord } from "@/db/bulk-jobs";
import type { Executor } from "@/db/client";
import { deleteTokens, readTokens } from "@/db/tokens";
import type { UserActor } from "../actor";
import { auditEvent } from "../audit/event";
import { currentSettings } from "../settings/settings";
import { auditedChange, auditedFields } from "../tokens/audited-fields";
import { judgeToken } from "./judge";

// One batch is one transaction, and holds the end of the audit chain while it writes.
const BATCH_SIZE = 200;
// The event of a deletion holds labels and annotations, a quarter of a megabyte at most.
const DELETED_SIZE = 50;

export interface BatchResult {
  changed: number;
  skipped: number;
}

type Item = Awaited<ReturnType<typeof nextItems>>[number];
type Row = Awaited<ReturnType<typeof lockTokensById>>[number];
interface Decided {
  item: Item;
  row: Row;
  change: { enabled?: boolean; ttlMs?: number } | "delete";
}

/**
 * Judges and changes the next tokens of a job that this transaction holds, each with its event, and
 * notes what became of them. Null when none is left.
 */
export async function changeBatch(
  tx: Executor,
  job: BulkJobRecord,
  actor: UserActor,
): Promise<BatchResult | null> {
  const size = job.action === "delete" ? DELETED_SIZE : BATCH_SIZE;
  const items = await nextItems(tx, job.id, { after: job.position, limit: size });
  if (items.length === 0) return null;
  const ids = items.flatMap(({ tokenId }) => (tokenId === null ? [] : [tokenId]));
  const ownerId = job.scope === "all" ? undefined : job.actorId;
  const rows = new Map((await lockTokensById(tx, ids, ownerId)).map((row) => [row.id, row]));
  const { ttlMsMax } = await currentSettings(tx);
  const rules = { ...job, ttlMsMax, byAdmin: actor.role === "admin" };
  const decided: Decided[] = [];
  const skipped = new Map<Item, string>();
  const meanwhile: { item: Item; what: "changed" | "deleted" }[] = [];
  for (const item of items) {
    const row = item.tokenId === null ? undefined : rows.get(item.tokenId);
    if (!row) {
      meanwhile.push({ item, what: "deleted" });
      continue;
    }
    const verdict = judgeToken(rules, row);
    if ("change" in verdict) decided.push({ item, row, change: verdict.change });
    else if (verdict.skip === "changed meanwhile") meanwhile.push({ item, what: "changed" });
    else skipped.set(item, verdict.skip);
  }
  for (const [item, why] of await whoMeanwhile(tx, meanwhile)) skipped.set(item, why);
  await write(tx, actor, job.reason, decided);
  const outcomes = items.map((item): BulkOutcome => {
    const why = skipped.get(item) ?? null;
    return { position: item.position, outcome: why === null ? "changed" : "skipped", why };
  });
  await storeOutcomes(tx, job.id, outcomes);
  return { changed: decided.length, skipped: skipped.size };
}

async function write(
  tx: Executor,
  actor: UserActor,
  reason: string | null,
  decided: readonly Decided[],
): Promise<void> {
  const isDeletion = decided.some(({ change }) => change === "delete");
  const ids = decided.map(({ row }) => row.id);
  const whole = new Map((isDeletion ? await readTokens(tx, ids) : []).map((row) => [row.id, row]));
  const events = decided.map(({ row, change }): NewAuditEvent => {
    const object = { kind: "token", name: row.name, ownerId: row.ownerId } as const;
    const why = reason === null ? {} : { reason };
    if (change !== "delete") {
      return auditEvent(actor, "token.update", object, { ...changeOf(row, change), ...why });
    }
    const stored = whole.get(row.id);
    if (!stored) throw new Error("a token vanished while it was held");
    return auditEvent(actor, "token.delete", object, { before: auditedFields(stored), ...why });
  });
  const numbers = await insertAuditEvents(tx, events);
  if (isDeletion) return deleteTokens(tx, ids);
  await changeTokens(
    tx,
    decided.flatMap(({ row, change }, at) => {
      const version = numbers[at];
      return version === undefined || change === "delete"
        ? []
        : [{ id: row.id, ...change, version }];
    }),
  );
}

function changeOf(row: Row, change: { enabled?: boolean; ttlMs?: number }) {
  const rest = { description: "", kind: "", labels: {}, annotations: {} };
  const before = { ...rest, enabled: row.enabled, ttlMs: row.ttlMs };
  return auditedChange(before, { ...before, ...change });
}

async function whoMeanwhile(
  tx: Executor,
  meanwhile: readonly { item: Item; what: "changed" | "deleted" }[],
): Promise<[Item, string][]> {
  if (meanwhile.length === 0) return [];
  const names = meanwhile.map(({ item }) => item.tokenName);
  const events = await latestAuditEvents(tx, "token", names);
  const actors = new Map(events.map(({ objectName, actorName }) => [objectName, actorName]));
  return meanwhile.map(({ item, what }) => {
    const who = actors.get(item.tokenName);
    return [item, `It was ${what} meanwhile${who ? ` by ${who}` : ""}.`];
  });
}
