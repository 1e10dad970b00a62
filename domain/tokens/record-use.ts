import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { stampUses, type TokenUse } from "@/db/token-uses";
import { countUse, flushEvidence } from "./count-use";

const FLUSH_INTERVAL_MS = 5_000;
// Evidence is many more rows than stamps, and nobody waits for it.
const EVIDENCE_INTERVAL_MS = 60_000;

const state = processWide("token-uses", () => ({
  pending: new Map<number, Use>(),
  timers: undefined as NodeJS.Timeout[] | undefined,
}));

/** A use of a token; `usedAtMs` is by the database's clock. */
interface Use {
  tokenId: number;
  usedAtMs: number;
  address: string | null;
  userAgent: string | null;
}

/**
 * Notes a successful authentication in memory. The last use is stored within ten seconds, forward
 * only, and from where and how often within about a minute.
 */
export function recordUse(use: Use): void {
  keepLatest(use);
  countUse(use);
}

function keepLatest(use: Use): void {
  const known = state.pending.get(use.tokenId);
  if (!known || known.usedAtMs <= use.usedAtMs) state.pending.set(use.tokenId, use);
}

/** The last use that is not stored yet, or undefined. */
export function pendingUseMs(tokenId: number): number | undefined {
  return state.pending.get(tokenId)?.usedAtMs;
}

interface Used {
  id: number;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedUserAgent: string | null;
}

/** The row as it will be once this process has stored its uses: nobody stops a token that is busy. */
export function withPendingUse<Row extends Used>(row: Row): Row {
  const use = state.pending.get(row.id);
  if (!use || (row.lastUsedAt !== null && row.lastUsedAt.getTime() > use.usedAtMs)) return row;
  const lastUsedAt = new Date(Math.floor(use.usedAtMs / 1_000) * 1_000);
  return { ...row, lastUsedAt, lastUsedAddress: use.address, lastUsedUserAgent: use.userAgent };
}

/** Starts writing what is recorded. A failed write is tried again with the next. */
export function startRecordingUses(): void {
  const every = (intervalMs: number, write: () => Promise<void>) =>
    setInterval(() => {
      write().catch(() => undefined);
    }, intervalMs).unref();
  state.timers ??= [
    every(FLUSH_INTERVAL_MS, flushStamps),
    every(EVIDENCE_INTERVAL_MS, () => flushEvidence()),
  ];
}

/** Writes what is recorded now. Throws Unavailable, and keeps it, when that fails. */
export async function flushUses(): Promise<void> {
  await flushStamps();
  await flushEvidence();
}

async function flushStamps(): Promise<void> {
  if (state.pending.size === 0) return;
  const uses = [...state.pending.values()];
  await query((db) => stampUses(db, uses.map(toStored)));
  // Not before they are stored: in between, a sign-in in use would seem idle.
  for (const use of uses) {
    if (state.pending.get(use.tokenId) === use) state.pending.delete(use.tokenId);
  }
}

function toStored({ usedAtMs, ...use }: Use): TokenUse {
  return { ...use, usedAt: new Date(usedAtMs) };
}
