import { query } from "@/db/client";
import { countMatching } from "@/db/token-facets";
import { selectMatching } from "@/db/token-list";
import type { Actor } from "../actor";
import { getSettings } from "../settings/get";
import { conditionsOf, type ListScope } from "./conditions";
import { COUNT_MAX } from "./facets";
import type { TokenFilter } from "./filter";
import { type ListedToken, toListed } from "./listed-token";

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
  const { ttlMsMax } = await getSettings();
  const conditions = conditionsOf(actor, filter, { ...scope, ttlMsMax });
  let afterId = 0;
  for (;;) {
    const page = { afterId, limit: PART_SIZE };
    const rows = await query((db) => selectMatching(db, conditions, page));
    if (rows.length > 0) yield rows.map((row) => toListed(actor, row, ttlMsMax));
    const last = rows.at(-1);
    if (!last || rows.length < PART_SIZE) return;
    afterId = last.id;
  }
}
