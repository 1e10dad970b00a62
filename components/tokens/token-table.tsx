"use client";

import { useState } from "react";
import { useClock } from "../use-clock";
import { useSoftLinks } from "../use-soft-links";
import type { TokenListing } from "./list-href";
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

// The roles are written out, because a table that is laid out as cards loses them in some browsers.
export function TokenTable({ caption, listing, tokens, now, onCommand }: TokenTableProps) {
  const clock = useClock(now);
  const follow = useSoftLinks();
  const [menuOf, setMenuOf] = useState<string | null>(null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only links are acted on, which keys click too
    <table role="table" className="token-table" onClick={follow}>
      <caption className="sr-only">{caption}</caption>
      <TokenTableHead listing={listing} />
      <tbody role="rowgroup">
        {tokens.map((token) => (
          <TokenRow
            key={token.name}
            token={token}
            listing={listing}
            clock={clock}
            isMenuOpen={menuOf === token.name}
            onMenu={setMenuOf}
            onCommand={onCommand}
          />
        ))}
      </tbody>
    </table>
  );
}
