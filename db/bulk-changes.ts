import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { tokens } from "./schema";

/** Holds tokens in the order of their ids, of this owner or of everybody, until the transaction ends. */
export function lockTokensById(tx: Executor, ids: readonly number[], ownerId: string | undefined) {
  return tx
    .select({
      id: tokens.id,
      name: tokens.name,
      ownerId: tokens.ownerId,
      enabled: tokens.enabled,
      ttlMs: tokens.ttlMs,
      createdAt: tokens.createdAt,
      resourceVersion: tokens.resourceVersion,
    })
    .from(tokens)
    .where(
      and(
        inArray(tokens.id, [...ids]),
        ownerId === undefined ? undefined : eq(tokens.ownerId, ownerId),
      ),
    )
    .orderBy(asc(tokens.id))
    .for("update");
}

export interface TokenChange {
  id: number;
  enabled?: boolean;
  ttlMs?: number;
  /** The number of its event. */
  version: number;
}

/** Writes tokens that this transaction holds, all of them in one statement; what is absent stays. */
export async function changeTokens(tx: Executor, changes: readonly TokenChange[]): Promise<void> {
  if (changes.length === 0) return;
  const given = changes.map(({ id, enabled, ttlMs, version }) => ({
    id,
    enabled,
    ttl_ms: ttlMs,
    version,
  }));
  await tx.execute(sql`
    update tokens set
      enabled = coalesce(given.enabled, tokens.enabled),
      ttl_ms = coalesce(given.ttl_ms, tokens.ttl_ms),
      expires_at = case when given.ttl_ms is null then tokens.expires_at
        when given.ttl_ms < 0 then 'infinity'::timestamptz
        else tokens.created_at + given.ttl_ms * interval '1 millisecond' end,
      updated_at = date_trunc('second', now()), resource_version = given.version
    from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb)
      as given (id bigint, enabled boolean, ttl_ms bigint, version bigint)
    where tokens.id = given.id`);
}
