import { eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokenActivity, tokenAddresses, tokenAgents, tokenUses } from "./schema";

/** A sample token that was used from a while after its creation until so long ago. */
export interface SampleUse {
  tokenId: number;
  ageMs: number;
  unusedForMs: number;
}

type Place = { value: string; share: number };

const DAY_MS = 24 * 60 * 60 * 1_000;
const AGENTS = ["kubectl/v1.32.4", "curl/8.5.0", "Go-http-client/2.0", "terraform/1.9.2"];

/** Stores when, how often and from where each was used: what the product would have gathered. */
export async function insertSampleUses(tx: Executor, used: readonly SampleUse[]): Promise<void> {
  if (used.length === 0) return;
  const all = used.map(evidenceOf);
  for (const { tokenId, firstAt, lastAt, addresses, agents } of all) {
    await tx
      .update(tokenUses)
      .set({
        firstUsedAt: firstAt,
        lastUsedAt: sql`${lastAt.toISOString()}::timestamptz`,
        address: addresses[0]?.value ?? null,
        userAgent: agents[0]?.value ?? null,
        networks: addresses.length,
      })
      .where(eq(tokenUses.tokenId, tokenId));
  }
  await tx.insert(tokenActivity).values(
    all.map(({ tokenId, lastAt, days }) => {
      return { tokenId, lastDay: lastAt.toISOString().slice(0, 10), uses: days };
    }),
  );
  const sightings = (places: (token: Evidence) => Place[]) =>
    all.flatMap((token) => places(token).map((place) => sighting(token, place)));
  await tx.insert(tokenAddresses).values(
    sightings(({ addresses }) => addresses).map(({ value: address, ...rest }) => ({
      address,
      ...rest,
    })),
  );
  await tx.insert(tokenAgents).values(
    sightings(({ agents }) => agents).map(({ value: userAgent, ...rest }) => ({
      userAgent,
      ...rest,
    })),
  );
}

type Evidence = ReturnType<typeof evidenceOf>;

function evidenceOf({ tokenId, ageMs, unusedForMs }: SampleUse) {
  const lastAt = wholeSecond(Date.now() - unusedForMs);
  const firstAt = wholeSecond(lastAt.getTime() - (ageMs - unusedForMs) * 0.8);
  const lifeDays = Math.floor((lastAt.getTime() - firstAt.getTime()) / DAY_MS);
  // The last of the 30 is the day of its last use; programs rest at times.
  const days = Array.from({ length: 30 }, (_, at) => {
    const agoDays = 29 - at;
    if (agoDays > lifeDays) return 0;
    return agoDays === 0 ? 1 + (tokenId % 9) : (tokenId * 31 + at * 17) % 23;
  });
  return {
    tokenId,
    firstAt,
    lastAt,
    days,
    addresses: addressesOf(tokenId),
    agents: agentsOf(tokenId),
  };
}

// Most have one network; few so many that it stands out.
function addressesOf(tokenId: number): Place[] {
  const count = tokenId % 61 === 0 ? 12 : tokenId % 7 === 0 ? 2 : 1;
  return Array.from({ length: count }, (_, at) => {
    const value = `10.${at}.${tokenId % 8}.${1 + (tokenId % 250)}`;
    return { value, share: 1 / count };
  });
}

function agentsOf(tokenId: number): Place[] {
  const count = tokenId % 5 === 0 ? 2 : 1;
  return AGENTS.map((_, at) => AGENTS[(tokenId + at) % AGENTS.length] ?? "")
    .slice(0, count)
    .map((value) => ({ value, share: 1 / count }));
}

function sighting({ tokenId, firstAt, lastAt, days }: Evidence, { value, share }: Place) {
  const uses = days.reduce((sum, each) => sum + each, 0);
  return { tokenId, value, firstAt, lastAt, uses: Math.max(Math.round(uses * share), 1) };
}

function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1_000) * 1_000);
}
