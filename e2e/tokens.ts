import { type APIRequestContext, expect } from "@playwright/test";
import { stampUses } from "@/db/token-uses";
import { findToken } from "@/db/tokens";
import { onDatabase } from "./database";
import type { Address } from "./latchkey";

export const TOKENS = "/apis/ext.cattle.io/v1/tokens";

const HOUR_MS = 60 * 60 * 1_000;

export interface TokenWishes {
  description?: string;
  kind?: string;
  ttlMs?: number;
  enabled?: boolean;
  expired?: boolean;
  /** When it was last used; never by default. */
  usedAgoMs?: number;
}

export interface MintedToken {
  name: string;
  value: string;
  bearer: string;
}

/** Makes a token through the API; only a use in the past is written behind its back. */
export async function mintToken(
  latchkey: Address,
  program: APIRequestContext,
  wishes: TokenWishes = {},
): Promise<MintedToken> {
  const { ttlMs: ttl = 30 * 24 * HOUR_MS, expired, usedAgoMs, ...spec } = wishes;
  const created = await program.post(TOKENS, { data: { spec: { ...spec, ttl } } });
  expect(created.status()).toBe(201);
  const { metadata, status } = await created.json();
  const name: string = metadata.name;
  if (expired) await patchToken(program, name, { ttl: 1 });
  if (usedAgoMs !== undefined) await markUsed(latchkey, name, usedAgoMs);
  return { name, value: status.value, bearer: status.bearerToken };
}

/** A merge patch of a token's spec; gives the token after it. */
export async function patchToken(
  program: APIRequestContext,
  name: string,
  spec: Record<string, unknown>,
) {
  const answer = await program.patch(`${TOKENS}/${name}`, {
    headers: { "Content-Type": "application/merge-patch+json" },
    data: JSON.stringify({ spec }),
  });
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** The token as the API shows it. */
export async function readToken(program: APIRequestContext, name: string) {
  return (await program.get(`${TOKENS}/${name}`)).json();
}

/** Notes a use in the past, as if it had been stored already. */
export async function markUsed(latchkey: Address, name: string, agoMs: number): Promise<void> {
  await onDatabase(latchkey, async (db) => {
    const token = await findToken(db, name, { ownerId: undefined });
    if (!token) throw new Error(`${name} is not there`);
    const usedAt = new Date(Date.now() - agoMs);
    await stampUses(db, [
      { tokenId: token.id, usedAt, address: "192.0.2.7", userAgent: "probe/1" },
    ]);
  });
}
