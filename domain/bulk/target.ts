import type { TokenConditions } from "@/db/token-conditions";
import type { UserActor } from "../actor";
import { invalid } from "../errors";
import { conditionsOf } from "../tokens/conditions";
import {
  changeFilter,
  NEWEST_FIRST,
  readTokenFilter,
  type SearchParams,
  type TokenFilter,
  toQueryString,
} from "../tokens/filter";

const EVERY_KIND: TokenFilter = { kind: "all", ...NEWEST_FIRST };

interface Wanted {
  scope: "own" | "all";
  names?: readonly string[] | null | undefined;
  query?: string | null | undefined;
}

/** Which tokens are meant; whose of them the actor may see is always in it. */
export interface BulkTarget {
  conditions: TokenConditions;
  names: readonly string[] | undefined;
  /** The filter as it is kept, without order and place; null where tokens were named. */
  query: string | null;
}

/** Reads what was selected. Refuses a filter of which something would be left out (invalid). */
export function targetOf(
  actor: UserActor,
  { scope, names, query }: Wanted,
  ttlMsMax: number | null,
): BulkTarget {
  const within = { ownOnly: scope === "own", ttlMsMax };
  if (names) {
    return {
      conditions: conditionsOf(actor, EVERY_KIND, within),
      names: [...new Set(names)],
      query: null,
    };
  }
  const { filter, notices } = readTokenFilter(paramsOf(query ?? ""));
  if (notices.length > 0) {
    throw invalid(
      notices.map(({ message }) => ({ path: "query", type: "invalid" as const, message })),
    );
  }
  const plain = changeFilter(filter, NEWEST_FIRST);
  return {
    conditions: conditionsOf(actor, plain, within),
    names: undefined,
    query: toQueryString(plain),
  };
}

/** The filter of a kept query. */
export function filterOfQuery(query: string): TokenFilter {
  return readTokenFilter(paramsOf(query)).filter;
}

function paramsOf(query: string): SearchParams {
  const params: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    params[name] = [...(params[name] ?? []), value];
  }
  return params;
}
