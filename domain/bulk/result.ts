import { type BulkItem, countReasons, listItems } from "@/db/bulk-items";
import { query } from "@/db/client";
import type { Actor } from "../actor";
import { getBulk } from "./get";

export type { BulkItem } from "@/db/bulk-items";

const PART_SIZE = 2_000;
const SKIPPED_SIZE = 50;
const REASONS_MAX = 12;

/** What became of every token of a bulk action, in parts; for whoever may see it (else notFound). */
export async function bulkResult(actor: Actor, id: string): Promise<AsyncGenerator<BulkItem[]>> {
  const job = await getBulk(actor, id);
  return parts(job.id);
}

async function* parts(id: string): AsyncGenerator<BulkItem[]> {
  let after = 0;
  for (;;) {
    const page = { after, limit: PART_SIZE, isSkipped: false };
    const items = await query((db) => listItems(db, id, page));
    if (items.length > 0) yield items;
    after = items.at(-1)?.position ?? 0;
    if (items.length < PART_SIZE) return;
  }
}

export interface SkippedPage {
  items: BulkItem[];
  /** The last position of this page where more follow. */
  next: number | null;
  reasons: { why: string; count: number }[];
}

/** What was skipped after a position, and how many for which reason. */
export async function skippedOf(actor: Actor, id: string, after = 0): Promise<SkippedPage> {
  const job = await getBulk(actor, id);
  const page = { after, limit: SKIPPED_SIZE + 1, isSkipped: true };
  const [items, reasons] = await Promise.all([
    query((db) => listItems(db, job.id, page)),
    query((db) => countReasons(db, job.id, REASONS_MAX)),
  ]);
  const shown = items.slice(0, SKIPPED_SIZE);
  return {
    items: shown,
    next: items.length > SKIPPED_SIZE ? (shown.at(-1)?.position ?? null) : null,
    reasons,
  };
}
