"use client";

import { Suspense, useRef, useState } from "react";
import {
  changeFilter,
  NEWEST_FIRST,
  type TokenFilter,
  toQueryString,
} from "@/domain/tokens/filter";
import type { ListPath } from "../tokens/list-href";
import type { Viewer } from "../tokens/token-view";
import type { Selection } from "../tokens/use-selection";
import { Button } from "../ui/button";
import { lazyPart } from "../update/lazy-part";
import { useShortcut } from "../use-shortcut";
import type { BulkActions } from "./actions";
import type { BulkWish } from "./bulk-dialog";
import { tokensText } from "./words";

const BulkDialog = lazyPart(async () => (await import("./bulk-dialog")).BulkDialog);

interface BulkBarProps {
  path: ListPath;
  scope: "own" | "all";
  filter: TokenFilter;
  selection: Selection;
  /** How many match the filter, where that is known. */
  total?: { count: number; isMore: boolean } | null;
  viewer: Viewer;
  actions: BulkActions;
}

const WISHES = [
  ["disable", "Disable"],
  ["enable", "Enable"],
  ["expiry", "Change expiry…"],
  ["delete", "Delete"],
] as const satisfies [BulkWish, string][];

/** What can be done with the selected tokens; it is there while some are. */
export function BulkBar({ scope, filter, selection, total, viewer, actions }: BulkBarProps) {
  const [wish, setWish] = useState<BulkWish | null>(null);
  const bar = useRef<HTMLElement>(null);
  const count = selection.tokens.size;
  const isOpen = selection.isEverything || count > 0;
  useShortcut("b", () => bar.current?.querySelector("button")?.focus());
  if (!isOpen) return null;

  const plain = changeFilter(filter, NEWEST_FIRST);
  const target = selection.isEverything
    ? { query: toQueryString(plain) }
    : { names: [...selection.tokens.keys()] };
  return (
    <section
      ref={bar}
      aria-label="Selected tokens"
      aria-keyshortcuts="b"
      className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong/60 bg-surface px-3 py-2 shadow-lg"
    >
      <p role="status" className="font-medium text-sm">
        {selection.isEverything ? everythingText(total) : `${tokensText(count)} selected`}
      </p>
      {selection.isEverything ? null : (
        <Button
          variant="quiet"
          size="sm"
          className="max-sm:-ml-3"
          onClick={selection.selectEverything}
        >
          Select everything that matches{total ? ` (${numberText(total)})` : ""}
        </Button>
      )}
      <div className="flex flex-wrap gap-1.5 sm:grow sm:justify-end">
        {WISHES.map(([name, label]) => (
          <Button
            key={name}
            size="sm"
            variant={name === "delete" ? "caution" : "secondary"}
            onClick={() => setWish(name)}
          >
            {label}
          </Button>
        ))}
        <Button variant="quiet" size="sm" onClick={selection.clear}>
          Clear
        </Button>
      </div>
      {wish ? (
        <Suspense>
          <BulkDialog
            wish={wish}
            scope={scope}
            target={target}
            viewer={viewer}
            actions={actions}
            onClose={() => setWish(null)}
          />
        </Suspense>
      ) : null}
    </section>
  );
}

function everythingText(total: BulkBarProps["total"]): string {
  return total
    ? `Everything that matches: ${tokensText(total.count, total.isMore)}`
    : "Everything that matches";
}

function numberText({ count, isMore }: { count: number; isMore: boolean }): string {
  return `${count.toLocaleString("en")}${isMore ? "+" : ""}`;
}
