import { readAuditTail } from "@/db/audit-chain";
import {
  type BulkCounts,
  countBulk,
  type EndangeredToken,
  nameEndangered,
} from "@/db/bulk-preview";
import { query } from "@/db/client";
import type { Actor } from "../actor";
import { invalid } from "../errors";
import { parseInput } from "../parse";
import { currentSettings } from "../settings/settings";
import { COUNT_MAX } from "../tokens/facets";
import { requireBulk } from "./policy";
import { previewInput } from "./schema";
import { targetOf } from "./target";

const NAMED_MAX = 8;

export interface BulkPreview extends BulkCounts {
  /** Of the names, those that are of no token. */
  missing: number;
  /** In use or an administrator's; null: they could not be found in time. */
  endangered: EndangeredToken[] | null;
  /** What was looked at: what changes later is left alone. */
  asOfSeq: number;
}

/**
 * What a bulk action would touch, and what of it is dangerous. Changes nothing. Refuses what the
 * actor may not do (forbidden) and what is no action, target or time (invalid).
 */
export async function previewBulk(actor: Actor, input: unknown): Promise<BulkPreview> {
  const parsed = parseInput(previewInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const wanted = parsed.value;
  const user = await requireBulk(actor, wanted);
  const { ttlMsMax } = await query(currentSettings);
  const target = targetOf(user, wanted, ttlMsMax);
  // Before the counts: what changes between the two is skipped, and not changed unseen.
  const { seq } = await query(readAuditTail);
  const { action } = wanted;
  const expiresAt = instantOf(wanted.expiresAt);
  const question = { ...target, action, expiresAt, current: user.tokenName, ttlMsMax };
  const counts = await countBulk(question, COUNT_MAX);
  const endangered = counts.total.count > 0 ? await nameEndangered(question, NAMED_MAX) : [];
  const missing = target.names ? target.names.length - counts.total.count : 0;
  return { ...counts, missing, endangered, asOfSeq: seq };
}

/** Null is never. */
export function instantOf(expiresAt: string | null | undefined): Date | null {
  return expiresAt && expiresAt !== "never" ? new Date(expiresAt) : null;
}
