"use client";

import type { Route } from "next";
import { useState } from "react";
import { changeFilter } from "@/domain/tokens/filter";
import { useClock } from "../use-clock";
import { useTableRoles } from "../use-table-roles";
import { listHref, type TokenListing } from "./list-href";
import { TokenRow } from "./token-row";
import { TokenTableHead } from "./token-table-head";
import type { TokenView } from "./token-view";
import type { TokenCommand } from "./use-token-actions";

interface TokenTableProps {
  caption: string;
  listing: TokenListing;
  tokens: readonly TokenView[];
  now: Date;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

export function TokenTable({ caption, listing, tokens, now, onCommand }: TokenTableProps) {
  const clock = useClock(now);
  const [menu, setMenu] = useState<{ name: string; button: HTMLButtonElement } | null>(null);
  const table = useTableRoles();
  const kindHrefs = hrefsOf(
    tokens,
    (token) => token.kind,
    (kind) => linkTo(listing, { kind }),
  );
  const ownerHrefs =
    listing.scope === "all"
      ? hrefsOf(
          tokens,
          (token) => token.ownerName,
          (owner) => linkTo(listing, { owner }),
        )
      : undefined;
  return (
    <table ref={table} className="token-table">
      <caption className="sr-only">{caption}</caption>
      <TokenTableHead listing={listing} />
      <tbody>
        {tokens.map((token) => (
          <TokenRow
            key={token.name}
            token={token}
            clock={clock}
            ownerHref={ownerHrefs?.get(token.ownerName)}
            kindHref={kindHrefs.get(token.kind)}
            isMenuOpen={menu?.name === token.name}
            onMenuOpen={({ name }, button) => setMenu({ name, button })}
            onMenuClose={() => {
              menu?.button.focus();
              setMenu(null);
            }}
            onCommand={onCommand}
          />
        ))}
      </tbody>
    </table>
  );
}

function linkTo({ path, filter }: TokenListing, changes: { kind: string } | { owner: string }) {
  return listHref(path, changeFilter(filter, changes));
}

function hrefsOf(
  tokens: readonly TokenView[],
  facetOf: (token: TokenView) => string,
  hrefOf: (value: string) => Route,
): ReadonlyMap<string, Route> {
  return new Map([...new Set(tokens.map(facetOf))].map((value) => [value, hrefOf(value)]));
}
