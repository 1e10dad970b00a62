import type { Route } from "next";
import { type TokenFilter, toQueryString } from "@/domain/tokens/filter";

/**
 * Where the whole list is. With a default view, the address alone would show that one: the plain list
 * has one of its own.
 */
export type ListPath =
  | "/tokens"
  | "/admin/tokens"
  | "/tokens?view=none"
  | "/admin/tokens?view=none";

/** Which list is shown: whose tokens, and which of them in what order. */
export interface TokenListing {
  path: ListPath;
  scope: "own" | "all";
  filter: TokenFilter;
}

/** The address of a list of tokens. The cast holds: both paths are pages, and a query changes none. */
export function listHref(path: ListPath, filter: TokenFilter): Route {
  const query = toQueryString(filter);
  return (query === "" ? path : `${pagePath(path)}${query}`) as Route;
}

/** The page of the list without any query; what it loads later lies below it. */
export function pagePath(path: ListPath): "/tokens" | "/admin/tokens" {
  return path.startsWith("/admin") ? "/admin/tokens" : "/tokens";
}
