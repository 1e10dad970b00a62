import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { type TokenFilter, withoutField } from "@/domain/tokens/filter";
import { type ListPath, listHref } from "../tokens/list-href";
import { activeFilters, clearHref } from "./active-filters";

/** Every filter in words; each is a link to the list without it. */
export function FilterChips({ path, filter }: { path: ListPath; filter: TokenFilter }) {
  const list = useRef<HTMLUListElement>(null);
  const removedAt = useRef<number | null>(null);
  const filters = activeFilters(filter);
  const fields = filters.map(({ field }) => field).join(" ");

  // A chip that is gone took the focus with it: the next one has it, or the search box.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the chips are others
  useEffect(() => {
    const at = removedAt.current;
    removedAt.current = null;
    if (at === null || document.activeElement !== document.body) return;
    const chips = [...(list.current?.querySelectorAll("a") ?? [])].slice(0, -1);
    const next = chips[Math.min(at, chips.length - 1)];
    (next ?? document.querySelector<HTMLElement>("main input[type=search]"))?.focus();
  }, [fields]);

  if (filters.length === 0) return null;
  return (
    <ul ref={list} aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {filters.map(({ field, text }, at) => (
        <li key={field} className="max-w-full">
          <a
            href={listHref(path, withoutField(filter, field))}
            aria-label={`Remove filter: ${text}`}
            onClick={() => {
              removedAt.current = at;
            }}
            onKeyDown={removeByKey}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md bg-accent-soft pr-1.5 pl-2.5 text-sm hover:line-through"
          >
            <span className="truncate">{text}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-muted" />
          </a>
        </li>
      ))}
      <li>
        <a
          href={clearHref(path, filter)}
          onClick={() => {
            removedAt.current = 0;
          }}
          className="inline-flex h-7 items-center rounded-sm px-1 text-accent text-sm hover:underline"
        >
          Clear filters
        </a>
      </li>
    </ul>
  );
}

function removeByKey(event: KeyboardEvent<HTMLAnchorElement>): void {
  if (event.key !== "Delete" && event.key !== "Backspace") return;
  event.preventDefault();
  event.currentTarget.click();
}
