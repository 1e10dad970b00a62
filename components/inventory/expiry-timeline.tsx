"use client";

import type { Route } from "next";
import { useState } from "react";
import {
  changeFilter,
  type TokenFilter,
  toQueryString,
  withoutField,
} from "@/domain/tokens/filter";
import { LoadingBar } from "../loading-bar";
import { type ListPath, listHref, pagePath } from "../tokens/list-href";
import { Button } from "../ui/button";
import { tokensText } from "./count-text";
import { ExpiryBars, type ExpiryBarView } from "./expiry-bars";
import { EXPIRY_DAYS, type ExpiryDays } from "./expiry-days";
import { useListJson } from "./use-list-json";

interface ExpiryTimelineProps {
  id: string;
  path: ListPath;
  filter: TokenFilter;
  revision: number;
  onNavigate: (href: Route) => void;
}

/** When the tokens of the list end, to see the cliffs before they come; a bar leads to its tokens. */
export function ExpiryTimeline({ id, path, filter, revision, onNavigate }: ExpiryTimelineProps) {
  const [days, setDays] = useState<ExpiryDays>(90);
  const [tries, setTries] = useState(0);
  const rest = toQueryString(withoutField(filter, "expiry"));
  const address = `${pagePath(path)}/timeline${rest}${rest ? "&" : "?"}days=${days}`;
  const { data: bars, isFailed } = useListJson<ExpiryBarView[] | null>(address, revision + tries);
  const isLoading = bars === undefined && !isFailed;
  const hrefOf = ({ expiry }: ExpiryBarView) =>
    listHref(path, changeFilter(filter, { state: filter.state ?? "live", expiry }));

  return (
    <section
      id={id}
      aria-label="Timeline of expiries"
      aria-busy={isLoading}
      className="relative grid gap-3 rounded-lg border border-line bg-surface p-4"
    >
      {isLoading ? <LoadingBar /> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="text-sm">
          {bars ? summary(bars, days) : ""}
        </p>
        <fieldset className="flex gap-1">
          <legend className="sr-only">How far ahead</legend>
          {EXPIRY_DAYS.map((choice) => (
            <Button
              key={choice}
              variant="quiet"
              size="sm"
              aria-pressed={choice === days}
              className="px-2.5! font-normal! text-muted aria-pressed:bg-sunken aria-pressed:font-medium! aria-pressed:text-ink"
              onClick={() => setDays(choice)}
            >
              {choice} days
            </Button>
          ))}
        </fieldset>
      </div>
      {isFailed ? (
        <div className="flex h-38 flex-wrap content-center items-center justify-center gap-3 text-sm">
          The timeline could not be loaded.
          <Button size="sm" onClick={() => setTries(tries + 1)}>
            Try again
          </Button>
        </div>
      ) : bars ? (
        <ExpiryBars
          key={days}
          bars={bars}
          chosen={filter.expiry}
          hrefOf={hrefOf}
          onNavigate={onNavigate}
        />
      ) : (
        <p className="h-38 content-center text-center text-muted text-sm">
          {bars === null
            ? "There are too many tokens to count in time. A filter makes them fewer."
            : ""}
        </p>
      )}
    </section>
  );
}

function summary(bars: readonly ExpiryBarView[], days: number): string {
  const count = bars.reduce((sum, bar) => sum + bar.count, 0);
  if (count === 0) return `No token of this list ends in the next ${days} days.`;
  const verb = count === 1 ? "ends" : "end";
  return `${tokensText({ count, isMore: false })} ${verb} in the next ${days} days.`;
}
