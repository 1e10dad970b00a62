"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import type { TokenView } from "./token-view";

export interface Selection {
  /** The selected tokens by name, also those of other pages. */
  tokens: ReadonlyMap<string, TokenView>;
  /** Everything that matches the filter, seen or not; `tokens` does not count then. */
  isEverything: boolean;
  /** Turns one on or off; with `isRange` all between it and the one before, as that one is. */
  toggle: (name: string, isRange: boolean) => void;
  togglePage: () => void;
  selectEverything: () => void;
  clear: () => void;
}

interface State {
  key: string;
  tokens: ReadonlyMap<string, TokenView>;
  isEverything: boolean;
}

/** What is selected of a list; it outlives paging and sorting, and ends with another filter. */
export function useSelection(filterKey: string, page: readonly TokenView[]): Selection {
  const [state, setState] = useState<State>({
    key: filterKey,
    tokens: new Map(),
    isEverything: false,
  });
  const anchor = useRef<string | null>(null);
  const isCurrent = state.key === filterKey;
  const tokens = isCurrent ? state.tokens : NONE;
  const isEverything = isCurrent && state.isEverything;

  const change = useCallback(
    (work: (selected: Map<string, TokenView>) => void) => {
      setState((known) => {
        const isSame = known.key === filterKey;
        // Of everything, the page is what can be seen: one that is taken out leaves the rest of it.
        const before = !isSame ? NONE : known.isEverything ? byName(page) : known.tokens;
        const selected = new Map(before);
        work(selected);
        return { key: filterKey, tokens: selected, isEverything: false };
      });
    },
    [filterKey, page],
  );

  const toggle = useCallback(
    (name: string, isRange: boolean) => {
      const end = page.findIndex((token) => token.name === name);
      // Now: the change is made later, when the anchor is another one.
      const from = anchor.current ?? "";
      const begin = page.findIndex((token) => token.name === from);
      const isWhole = isRange && begin >= 0 && begin !== end;
      change((selected) => {
        const wanted = isWhole ? selected.has(from) : !selected.has(name);
        const [first, last] = isWhole ? [Math.min(begin, end), Math.max(begin, end)] : [end, end];
        for (const token of page.slice(first, last + 1)) set(selected, token, wanted);
      });
      anchor.current = name;
    },
    [change, page],
  );

  const togglePage = useCallback(() => {
    change((selected) => {
      const wanted = !page.every((token) => selected.has(token.name));
      for (const token of page) set(selected, token, wanted);
    });
  }, [change, page]);

  const selectEverything = useCallback(
    () => setState({ key: filterKey, tokens: NONE, isEverything: true }),
    [filterKey],
  );
  const clear = useCallback(
    () => setState({ key: filterKey, tokens: NONE, isEverything: false }),
    [filterKey],
  );

  return useMemo(
    () => ({ tokens, isEverything, toggle, togglePage, selectEverything, clear }),
    [tokens, isEverything, toggle, togglePage, selectEverything, clear],
  );
}

const NONE: ReadonlyMap<string, TokenView> = new Map();

function byName(page: readonly TokenView[]): Map<string, TokenView> {
  return new Map(page.map((token) => [token.name, token]));
}

function set(selected: Map<string, TokenView>, token: TokenView, wanted: boolean): void {
  if (wanted) selected.set(token.name, token);
  else selected.delete(token.name);
}
