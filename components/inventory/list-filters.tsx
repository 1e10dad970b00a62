"use client";

import { ChartColumn } from "lucide-react";
import type { Route } from "next";
import { Suspense, useId, useState } from "react";
import type { TokenFacets } from "@/domain/tokens/facet-values";
import {
  changeFilter,
  isFiltered,
  NEWEST_FIRST,
  type TokenFilter,
  toQueryString,
} from "@/domain/tokens/filter";
import { type ListPath, pagePath } from "../tokens/list-href";
import type { ListScope } from "../tokens/list-look";
import { Button } from "../ui/button";
import { lazyPart } from "../update/lazy-part";
import { useHasScripts } from "../use-has-scripts";
import { useSoftLinks } from "../use-soft-links";
import { AddFilter } from "./add-filter";
import { FilterChips } from "./filter-chips";
import { FilterNotices } from "./filter-notices";
import { KindTabs } from "./kind-tabs";
import type { ListRequest } from "./list-request";
import { QueryBox } from "./query-box";
import { TotalCount } from "./total-count";
import { useListJson } from "./use-list-json";
import { useRevision } from "./use-revision";

const Findings = lazyPart(async () => (await import("./findings")).Findings);
const ExpiryTimeline = lazyPart(async () => (await import("./expiry-timeline")).ExpiryTimeline);

interface ListFiltersProps {
  path: ListPath;
  scope: ListScope;
  request: ListRequest;
  /** When the list was read. */
  now: Date;
  /** Whether findings are likely, so that their place is kept free. */
  expectsFindings: boolean;
  onNavigate: (href: Route) => void;
}

/** All that stands above a list of tokens and says which of them it has. */
export function ListFilters(props: ListFiltersProps) {
  const { path, scope, request, now, expectsFindings, onNavigate } = props;
  const { filter, notices, query } = request;
  const timelineId = useId();
  const hasScripts = useHasScripts();
  const [isTimelineOpen, setTimelineOpen] = useState(false);
  const follow = useSoftLinks(onNavigate);
  const revision = useRevision(toQueryString(filter), now);
  const facets = useListJson<TokenFacets>(
    `${pagePath(path)}/facets${facetsQuery(filter)}`,
    revision,
  );
  const space = expectsFindings ? <div aria-hidden className="h-29 noscript:hidden" /> : null;

  return (
    // biome-ignore lint/a11y: only links are acted on, which keys click too
    <div onClick={follow} className="mt-4 grid grid-cols-1 gap-3">
      {isFiltered(filter) ? null : hasScripts ? (
        <Suspense fallback={space}>
          <Findings path={path} revision={revision} fallback={space} />
        </Suspense>
      ) : (
        space
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
        <KindTabs path={path} filter={filter} />
        <TotalCount facets={facets.data} isFailed={facets.isFailed} />
      </div>
      <search className="flex flex-wrap items-start gap-2">
        <QueryBox path={path} scope={scope} filter={filter} sent={query} onNavigate={onNavigate} />
        <div className="flex gap-2">
          <AddFilter
            path={path}
            scope={scope}
            filter={filter}
            facets={facets.data}
            onNavigate={onNavigate}
          />
          <Button
            className="aria-expanded:bg-sunken noscript:hidden"
            aria-expanded={isTimelineOpen}
            aria-controls={isTimelineOpen ? timelineId : undefined}
            onClick={() => setTimelineOpen(!isTimelineOpen)}
          >
            <ChartColumn aria-hidden className="size-4" />
            Expiries
          </Button>
        </div>
      </search>
      <FilterChips path={path} filter={filter} />
      {isTimelineOpen ? (
        <Suspense fallback={<div className="h-64" />}>
          <ExpiryTimeline
            id={timelineId}
            path={path}
            filter={filter}
            revision={revision}
            onNavigate={onNavigate}
          />
        </Suspense>
      ) : null}
      <FilterNotices notices={notices} />
    </div>
  );
}

// Neither the order nor the page changes what is counted.
function facetsQuery(filter: TokenFilter): string {
  return toQueryString(changeFilter(filter, NEWEST_FIRST));
}
