import type { Route } from "next";
import { activeFields, type FilterField, type TokenFilter } from "@/domain/tokens/filter";
import { type ListPath, listHref } from "../tokens/list-href";
import { filterText } from "./filter-text";
import { isTab } from "./read-query";

/** What restricts a list besides the kind that is chosen above it, in words. */
export function activeFilters(filter: TokenFilter): { field: FilterField; text: string }[] {
  return activeFields(filter)
    .filter((field) => field !== "kind" || !isTab(filter.kind))
    .map((field) => ({ field, text: filterText(field, filter[field] ?? "") }));
}

/** The list without its filters: of the same kind of tokens, as long as there are others to clear. */
export function clearHref(path: ListPath, filter: TokenFilter): Route {
  const { sort, descending, kind } = filter;
  const keepsKind = kind !== undefined && isTab(kind) && activeFilters(filter).length > 0;
  return listHref(path, { sort, descending, ...(keepsKind ? { kind } : {}) });
}
