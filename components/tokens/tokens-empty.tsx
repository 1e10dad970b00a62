import { KeyRound, SearchX } from "lucide-react";
import { isFiltered, type TokenFilter } from "@/domain/tokens/filter";
import { activeFilters, clearHref } from "../inventory/active-filters";
import { Button, buttonClass } from "../ui/button";
import type { ListPath } from "./list-href";

interface TokensEmptyProps {
  path: ListPath;
  scope: "own" | "all";
  filter: TokenFilter;
  onCreate: () => void;
}

/** Says why the list is empty and offers what to do about it. */
export function TokensEmpty({ path, scope, filter, onCreate }: TokensEmptyProps) {
  const isRestricted = isFiltered(filter) || filter.after || filter.before;
  const filters = activeFilters(filter);
  const Icon = isRestricted ? SearchX : KeyRound;
  return (
    <div className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <Icon aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
      <h2 className="font-medium">{isRestricted ? "Nothing matches" : "No tokens yet"}</h2>
      <p className="max-w-sm text-muted text-sm">
        {text(Boolean(isRestricted), filters.length, scope)}
      </p>
      {filters.length > 0 ? (
        <ul className="flex max-w-lg flex-wrap justify-center gap-1.5 text-sm">
          {filters.map(({ field, text: words }) => (
            <li key={field} className="wrap-anywhere min-w-0 rounded-md bg-sunken px-2 py-0.5">
              {words}
            </li>
          ))}
        </ul>
      ) : null}
      {isRestricted ? (
        <a href={clearHref(path, filter)} className={buttonClass("secondary")}>
          Clear filters
        </a>
      ) : null}
      {!isRestricted && scope === "own" ? (
        <Button variant="primary" onClick={onCreate}>
          Create your first token
        </Button>
      ) : null}
    </div>
  );
}

function text(isRestricted: boolean, filters: number, scope: "own" | "all"): string {
  if (filters > 0) return `No token has ${filters === 1 ? "this" : "all of this"}:`;
  if (isRestricted) return "There is none of this kind here.";
  return scope === "own"
    ? "A token lets a program use the API as you. Its value is shown once, when you create it."
    : "Nobody has created a token. Sign-ins are listed under their own heading above.";
}
