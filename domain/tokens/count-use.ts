import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { type Sighting, storeEvidence, tidyEvidence } from "@/db/token-evidence";
import { readAddressFilter } from "./address-range";

interface Tally {
  value: string;
  firstMs: number;
  lastMs: number;
  uses: number;
}

interface TokenTally {
  firstMs: number;
  lastMs: number;
  uses: number;
  /** The latest first. */
  addresses: Tally[];
  agents: Tally[];
}

interface Use {
  tokenId: number;
  usedAtMs: number;
  address: string | null;
  userAgent: string | null;
}

/** How many addresses and how many programs are kept of a token. */
const EVIDENCE_MAX = 20;
// What a minute may hold; of further tokens only the last use is known.
const TOKENS_MAX = 50_000;
const BATCH_SIZE = 1_000;
const AGENT_LENGTH_MAX = 200;

const state = processWide("token-evidence", () => ({ tallies: new Map<number, TokenTally>() }));

/** Counts a use in memory, in time that does not grow; flushEvidence stores it. */
export function countUse({ tokenId, usedAtMs, address, userAgent }: Use): void {
  let tally = state.tallies.get(tokenId);
  if (!tally) {
    if (state.tallies.size >= TOKENS_MAX) return;
    tally = { firstMs: usedAtMs, lastMs: usedAtMs, uses: 0, addresses: [], agents: [] };
    state.tallies.set(tokenId, tally);
  }
  tally.uses += 1;
  if (usedAtMs > tally.lastMs) tally.lastMs = usedAtMs;
  if (usedAtMs < tally.firstMs) tally.firstMs = usedAtMs;
  if (address !== null) see(tally.addresses, address, usedAtMs, 1);
  if (userAgent) see(tally.agents, userAgent, usedAtMs, 1);
}

/**
 * Stores what was counted, of all tokens or of one, without holding up checks. Throws Unavailable,
 * and keeps the counts, when that fails; what had been stored may then be counted twice.
 */
export async function flushEvidence(onlyId?: number): Promise<void> {
  const ids = onlyId === undefined ? [...state.tallies.keys()] : [onlyId];
  for (let at = 0; at < ids.length; at += BATCH_SIZE) {
    await flushBatch(ids.slice(at, at + BATCH_SIZE).toSorted((a, b) => a - b));
  }
}

async function flushBatch(ids: readonly number[]): Promise<void> {
  const taken = ids.flatMap((id) => {
    const tally = state.tallies.get(id);
    state.tallies.delete(id);
    return tally ? [{ id, tally }] : [];
  });
  if (taken.length === 0) return;
  try {
    const changed = await query((db) => storeEvidence(db, evidenceOf(taken)));
    if (changed.length > 0) await query((db) => tidyEvidence(db, changed, EVIDENCE_MAX));
  } catch (error) {
    for (const { id, tally } of taken) restore(id, tally);
    throw error;
  }
}

function evidenceOf(taken: readonly { id: number; tally: TokenTally }[]) {
  return {
    tokens: taken.map(({ id, tally }) => ({
      tokenId: id,
      firstAt: new Date(tally.firstMs),
      lastAt: new Date(tally.lastMs),
      uses: tally.uses,
    })),
    addresses: sightings(taken, "addresses", readAddressFilter),
    agents: sightings(taken, "agents", (agent) => [...agent].slice(0, AGENT_LENGTH_MAX).join("")),
  };
}

function sightings(
  taken: readonly { id: number; tally: TokenTally }[],
  of: "addresses" | "agents",
  toStored: (value: string) => string | undefined,
): Sighting[] {
  return taken.flatMap(({ id, tally }) => {
    // Two ways to write an address, or two long names, may be stored as the same one.
    const merged: Tally[] = [];
    for (const { value, firstMs, lastMs, uses } of tally[of].toReversed()) {
      const stored = toStored(value);
      if (stored === undefined) continue;
      see(merged, stored, firstMs, uses);
      see(merged, stored, lastMs, 0);
    }
    return merged.map(({ value, firstMs, lastMs, uses }) => ({
      tokenId: id,
      value,
      firstAt: new Date(firstMs),
      lastAt: new Date(lastMs),
      uses,
    }));
  });
}

function restore(id: number, tally: TokenTally): void {
  const newer = state.tallies.get(id);
  if (!newer) {
    state.tallies.set(id, tally);
    return;
  }
  newer.uses += tally.uses;
  newer.firstMs = Math.min(newer.firstMs, tally.firstMs);
  newer.lastMs = Math.max(newer.lastMs, tally.lastMs);
  for (const kind of ["addresses", "agents"] as const) {
    for (const { value, firstMs, lastMs, uses } of tally[kind]) {
      see(newer[kind], value, firstMs, uses);
      see(newer[kind], value, lastMs, 0);
    }
  }
}

// The latest is in front, where nearly every use finds it; beyond the bound the oldest goes.
function see(tallies: Tally[], value: string, atMs: number, uses: number): void {
  const isFirst = tallies[0]?.value === value;
  const at = isFirst ? 0 : tallies.findIndex((tally) => tally.value === value);
  const tally = tallies[at] ?? { value, firstMs: atMs, lastMs: atMs, uses: 0 };
  tally.uses += uses;
  if (atMs > tally.lastMs) tally.lastMs = atMs;
  if (atMs < tally.firstMs) tally.firstMs = atMs;
  if (at === 0) return;
  if (at > 0) tallies.splice(at, 1);
  else if (tallies.length >= EVIDENCE_MAX) tallies.pop();
  tallies.unshift(tally);
}
