"use client";

import { Check } from "lucide-react";
import type { Route } from "next";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { TokenFacets } from "@/domain/tokens/facet-values";
import { changeFilter, type TokenFilter, withoutField } from "@/domain/tokens/filter";
import { type ListPath, listHref } from "../tokens/list-href";
import type { ListScope } from "../tokens/list-look";
import { countText } from "./count-text";
import { DaysForm } from "./days-form";
import { type FilterGroup, groupsOf } from "./filter-groups";
import { filterText } from "./filter-text";
import { ValueForm } from "./value-form";

interface FilterPanelProps {
  id: string;
  path: ListPath;
  scope: ListScope;
  filter: TokenFilter;
  facets: TokenFacets | undefined;
  onNavigate: (href: Route) => void;
  onClose: () => void;
}

/** Every filter there is, each value with how many tokens it would show. */
export function FilterPanel(props: FilterPanelProps) {
  const { id, path, scope, filter, facets, onNavigate, onClose } = props;
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => panel.current?.querySelector("summary")?.focus(), []);

  const choose = (group: FilterGroup, value: string) => {
    onClose();
    onNavigate(listHref(path, changeFilter(filter, { [group.field]: value })));
  };

  return (
    <div
      ref={panel}
      id={id}
      role="dialog"
      aria-label="Add filter"
      onKeyDown={(event) => moveByArrows(event, panel.current)}
      className="absolute top-full left-0 z-30 mt-1 max-h-[min(30rem,70dvh)] w-88 max-w-[calc(100vw-2rem)] animate-slide-in overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-lg lg:right-0 lg:left-auto"
    >
      {groupsOf(scope).map((group) => (
        <details key={group.field} name={`${id}-group`} className="group">
          <summary className="flex items-center justify-between gap-3 rounded-md px-2.5 py-1.5 hover:bg-sunken group-open:font-medium">
            {group.label}
            {filter[group.field] !== undefined && (
              <Check aria-label="is set" className="size-4 shrink-0 text-accent" />
            )}
          </summary>
          <div className="mb-1 grid border-line border-l pl-1.5 ml-3.5">
            <Values
              path={path}
              filter={filter}
              group={group}
              counts={countsOf(facets, group)}
              onClose={onClose}
            />
            {group.free === "days" ? (
              <DaysForm onApply={(value) => choose(group, value)} />
            ) : group.free ? (
              <ValueForm
                field={group.field}
                {...group.free}
                present={filter[group.field]}
                onApply={(value) => choose(group, value)}
              />
            ) : null}
          </div>
        </details>
      ))}
    </div>
  );
}

interface ValuesProps {
  path: ListPath;
  filter: TokenFilter;
  group: FilterGroup;
  /** Undefined while they load, or where nothing is counted. */
  counts: Counts | undefined;
  onClose: () => void;
}

type Counts = Record<string, { count: number; isMore: boolean } | null>;

function Values({ path, filter, group, counts, onClose }: ValuesProps) {
  const { field } = group;
  const others = Object.keys(counts ?? {}).filter((value) => !group.values.includes(value));
  return [...group.values, ...others].map((value) => {
    const isSet = filter[field] === value;
    const changed = isSet ? withoutField(filter, field) : changeFilter(filter, { [field]: value });
    const count = counts?.[value];
    return (
      <a
        key={value}
        href={listHref(path, changed)}
        aria-current={isSet || undefined}
        onClick={onClose}
        className="flex items-center justify-between gap-3 rounded-md px-2 py-1.5 text-sm hover:bg-sunken aria-[current]:bg-accent-soft"
      >
        <span className="min-w-0 wrap-anywhere">{filterText(field, value)}</span>{" "}
        <span className={count?.count === 0 ? "text-muted" : undefined}>
          {count === undefined ? null : countText(count)}
        </span>
      </a>
    );
  });
}

function countsOf(facets: TokenFacets | undefined, { field }: FilterGroup): Counts | undefined {
  return (facets?.counts as Record<string, Counts> | undefined)?.[field];
}

function moveByArrows(event: KeyboardEvent, panel: HTMLElement | null): void {
  const isDown = event.key === "ArrowDown";
  if (!panel || !(isDown || event.key === "ArrowUp")) return;
  if (event.target instanceof HTMLInputElement && event.target.type === "date") return;
  const stops = [...panel.querySelectorAll<HTMLElement>("summary, a, input, button")].filter(
    (stop) => stop.checkVisibility(),
  );
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  const next = stops[at + (isDown ? 1 : -1)];
  event.preventDefault();
  next?.focus();
}
