import type { Route } from "next";
import { type TokenFilter, toQueryString } from "@/domain/tokens/filter";

export type ListPath = "/tokens" | "/admin/tokens";

/** Which list is shown: whose tokens, and which of them in what order. */
export interface TokenListing {
  path: ListPath;
  scope: "own" | "all";
  filter: TokenFilter;
}

/** The address of a list of tokens. The cast holds: both paths are pages, and a query changes none. */
export function listHref(path: ListPath, filter: TokenFilter): Route {
  return `${path}${toQueryString(filter)}` as Route;
}
