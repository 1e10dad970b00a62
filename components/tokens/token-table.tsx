"use client";

import type { Route } from "next";
import { useState } from "react";
import { changeFilter } from "@/domain/tokens/filter";
import { useClock } from "../use-clock";
import { useTableRoles } from "../use-table-roles";
import { listHref, type TokenListing } from "./list-href";
import type { ListLook } from "./list-look";
import { TokenRow } from "./token-row";
import { TokenTableHead } from "./token-table-head";
import type { TokenView } from "./token-view";
import { useRowKeys } from "./use-row-keys";
import type { Selection } from "./use-selection";
import type { TokenCommand } from "./use-token-actions";

interface TokenTableProps {
  caption: string;
  listing: TokenListing;
  look: ListLook;
  selection: Selection;
  tokens: readonly TokenView[];
  now: Date;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

export function TokenTable(props: TokenTableProps) {
  const { caption, listing, look, selection, tokens, now, onCommand } = props;
  const clock = useClock(now);
  const [menu, setMenu] = useState<{ name: string; button: HTMLButtonElement } | null>(null);
  const table = useTableRoles();
  useRowKeys(table, selection.toggle);
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
          (owner) => linkTo(listing, { owner: `=${owner}` }),
        )
      : undefined;
  return (
    <table
      ref={table}
      className={look.isDense ? "token-table dense" : "token-table"}
      data-hidden={look.hidden.join(" ") || undefined}
    >
      <caption className="sr-only">{caption}</caption>
      <TokenTableHead
        listing={listing}
        hasScripts={clock.isReaders}
        selected={selectedOf(tokens, selection)}
        onSelectPage={selection.togglePage}
      />
      <tbody>
        {tokens.map((token) => (
          <TokenRow
            key={token.name}
            token={token}
            clock={clock}
            ownerHref={ownerHrefs?.get(token.ownerName)}
            kindHref={kindHrefs.get(token.kind)}
            isSelected={selection.isEverything || selection.tokens.has(token.name)}
            onSelect={selection.toggle}
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

function selectedOf(tokens: readonly TokenView[], selection: Selection): "all" | "some" | "none" {
  if (selection.isEverything) return "all";
  const count = tokens.filter(({ name }) => selection.tokens.has(name)).length;
  return count === 0 ? "none" : count === tokens.length ? "all" : "some";
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
