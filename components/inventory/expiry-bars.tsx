"use client";

import clsx from "clsx";
import type { Route } from "next";
import { type KeyboardEvent, useId, useState } from "react";
import type { TokenFilter } from "@/domain/tokens/filter";
import { tokensText } from "./count-text";
import { dayText } from "./filter-text";

export interface ExpiryBarView {
  from: string;
  to: string;
  count: number;
  expiry: NonNullable<TokenFilter["expiry"]>;
}

interface ExpiryBarsProps {
  bars: readonly ExpiryBarView[];
  /** The filter by expiry as it is. */
  chosen: string | undefined;
  hrefOf: (bar: ExpiryBarView) => Route;
  onNavigate: (href: Route) => void;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** One stop for Tab: arrow keys go from bar to bar, Enter leads to its tokens. */
export function ExpiryBars({ bars, chosen, hrefOf, onNavigate }: ExpiryBarsProps) {
  const id = useId();
  const [active, setActive] = useState(() => bars.findIndex(({ expiry }) => expiry === chosen));
  const highest = Math.max(...bars.map(({ count }) => count), 1);
  const shown = bars[active];

  const follow = (bar: ExpiryBarView | undefined) => {
    if (bar && bar.count > 0) onNavigate(hrefOf(bar));
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return follow(shown);
    }
    const next = barAt(event.key, active, bars.length);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
  };

  return (
    <div className="grid gap-2">
      <div className="relative">
        <span aria-hidden className="absolute top-0 left-0 text-muted text-xs">
          {highest}
        </span>
        <div
          role="listbox"
          tabIndex={0}
          aria-label="Expiries"
          aria-orientation="horizontal"
          aria-activedescendant={shown && barId(id, active)}
          onKeyDown={handleKeyDown}
          onFocus={() => setActive(Math.max(active, 0))}
          className="flex h-28 items-stretch border-line-strong border-b pt-4"
        >
          {bars.map((bar, at) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and the keys
            <div
              key={bar.from}
              id={barId(id, at)}
              role="option"
              aria-selected={bar.expiry === chosen}
              aria-label={barText(bar)}
              title={barText(bar)}
              onPointerEnter={() => setActive(at)}
              onPointerUp={(event) => {
                setActive(at);
                // A finger is wider than a bar: it chooses, and the link below leads on.
                if (event.pointerType !== "touch") follow(bar);
              }}
              className={clsx(
                "flex min-w-0 grow basis-0 items-end px-[0.5px]",
                at === active && "bg-sunken",
                bar.count > 0 && "cursor-pointer",
              )}
            >
              <span
                className={clsx(
                  "block w-full rounded-t-[2px]",
                  chosen === undefined || bar.expiry === chosen ? "bg-accent" : "bg-line-strong",
                )}
                style={{
                  height: bar.count === 0 ? 0 : `max(3px, ${(bar.count / highest) * 100}%)`,
                }}
              />
            </div>
          ))}
        </div>
        <div aria-hidden className="mt-1 flex justify-between text-muted text-xs">
          {[bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)].map((bar) => (
            <span key={bar?.from}>{bar ? dayText(bar.from.slice(0, 10)) : ""}</span>
          ))}
        </div>
      </div>
      <p className="min-h-5 text-sm">
        {shown ? (
          <>
            <span className="text-muted">{barText(shown)} </span>
            {shown.count > 0 ? (
              <a
                href={hrefOf(shown)}
                className="rounded-sm text-accent underline underline-offset-4"
              >
                Show {shown.count === 1 ? "it" : "them"}
              </a>
            ) : null}
          </>
        ) : (
          <span className="text-muted">Days are those of UTC. Choose a bar to see its tokens.</span>
        )}
      </p>
    </div>
  );
}

function barId(id: string, at: number): string {
  return `${id}-${at}`;
}

function barText({ from, to, count }: ExpiryBarView): string {
  const last = new Date(new Date(to).getTime() - DAY_MS);
  const isDay = last.toISOString() === from;
  const days = isDay ? dayText(last) : `${dayText(new Date(from))} to ${dayText(last)}`;
  return `${days}: ${tokensText({ count, isMore: false })}`;
}

function barAt(key: string, active: number, count: number): number | undefined {
  if (key === "ArrowRight" || key === "ArrowDown") return Math.min(active + 1, count - 1);
  if (key === "ArrowLeft" || key === "ArrowUp") return Math.max(active - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}
