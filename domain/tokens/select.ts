import { setImmediate } from "node:timers/promises";
import { query } from "@/db/client";
import { countMatching } from "@/db/token-facets";
import { readPart, type TokenRow } from "@/db/token-parts";
import type { Actor } from "../actor";
import { getSettings } from "../settings/get";
import { conditionsOf, type ListScope } from "./conditions";
import { COUNT_MAX } from "./facets";
import type { TokenFilter } from "./filter";
import { type ListedToken, toListed } from "./listed-token";
import { withPendingUse } from "./record-use";

const PART_SIZE = 1_000;

/** How many tokens the filter selects for this actor, exact up to 10,000. */
export async function countTokens(actor: Actor, filter: TokenFilter, scope: ListScope = {}) {
  const { ttlMsMax } = await getSettings();
  const conditions = conditionsOf(actor, filter, { ...scope, ttlMsMax });
  return query((db) => countMatching(db, conditions, COUNT_MAX));
}

/**
 * Every token that the filter selects for this actor, in parts by the order of creation: only one
 * part is in memory. What is created meanwhile may come, what is deleted may not.
 */
export async function* selectTokens(
  actor: Actor,
  filter: TokenFilter,
  scope: ListScope = {},
): AsyncGenerator<ListedToken[]> {
  for await (const { rows, ttlMsMax } of selectRows(actor, filter, scope)) {
    yield rows.map((row) => toListed(actor, row, ttlMsMax));
  }
}

/**
 * As selectTokens, as stored: for who makes hundreds of thousands into something else. The next part
 * is read while one is worked on.
 */
export async function* selectRows(
  actor: Actor,
  filter: TokenFilter,
  scope: ListScope & { partSize?: number } = {},
): AsyncGenerator<{ rows: TokenRow[]; ttlMsMax: number | null }> {
  const { ttlMsMax } = await getSettings();
  const conditions = conditionsOf(actor, filter, { ...scope, ttlMsMax });
  const limit = scope.partSize ?? PART_SIZE;
  const read = (afterId: number) => query((db) => readPart(db, conditions, { afterId, limit }));
  let next = read(0);
  for (;;) {
    const rows = await next;
    const last = rows.at(-1);
    if (!last) return;
    const isLast = rows.length < limit;
    if (!isLast) {
      next = read(last.id);
      // Whoever takes no more leaves this one unwatched.
      next.catch(() => undefined);
      // The driver sends it in the next turn of the event loop: before the work, and not after it.
      await setImmediate();
    }
    yield { rows: rows.map(withPendingUse), ttlMsMax };
    if (isLast) return;
  }
}
