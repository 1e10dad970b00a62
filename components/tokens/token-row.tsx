"use client";

import { lazy, Suspense, useRef } from "react";
import { changeFilter } from "@/domain/tokens/filter";
import { instant } from "../instant";
import type { Clock } from "../use-clock";
import { listHref, type TokenListing } from "./list-href";
import { StateBadge } from "./state-badge";
import type { TokenView } from "./token-view";
import type { TokenCommand } from "./use-token-actions";

const RowMenu = lazy(async () => ({ default: (await import("./row-menu")).RowMenu }));

interface TokenRowProps {
  token: TokenView;
  listing: TokenListing;
  clock: Clock;
  isMenuOpen: boolean;
  onMenu: (name: string | null) => void;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

const AT_START = { align: "start", focusable: true } as const;
const AT_END = { align: "end", focusable: false } as const;

// Lean on purpose: 25 of these are most of what the page costs the server. Style is in globals.css.
export function TokenRow({ token, listing, clock, isMenuOpen, onMenu, onCommand }: TokenRowProps) {
  return (
    <tr role="row">
      <td role="cell" data-label="Name">
        <a href={`/tokens/${token.name}`}>{token.name}</a>
      </td>
      {listing.scope === "all" ? <OwnerCell token={token} listing={listing} /> : null}
      <td role="cell" data-label="Description" data-empty={token.description ? undefined : ""}>
        <span title={token.description}>{token.description}</span>
      </td>
      <td role="cell" data-label="Kind" data-empty={token.kind ? undefined : ""}>
        <KindLabel token={token} listing={listing} />
      </td>
      <td role="cell" data-label="State">
        <StateBadge state={token.state} />
      </td>
      <td role="cell" data-label="Expires">
        {token.expiresAt ? instant(token.expiresAt, clock, AT_START) : "Never"}
      </td>
      <td role="cell" data-label="Last used">
        {token.lastUsedAt ? instant(token.lastUsedAt, clock, AT_END) : "Never"}
      </td>
      <td role="cell" data-label="Created">
        {instant(token.createdAt, clock, AT_END)}
      </td>
      <td role="cell" data-label="Actions">
        <MenuButton token={token} isOpen={isMenuOpen} onMenu={onMenu} onCommand={onCommand} />
      </td>
    </tr>
  );
}

function OwnerCell({ token, listing }: { token: TokenView; listing: TokenListing }) {
  const href = listHref(listing.path, changeFilter(listing.filter, { owner: token.ownerName }));
  return (
    <td role="cell" data-label="Owner">
      <span>
        <a href={href}>{token.ownerName}</a>
        {token.ownerEnabled ? null : " (disabled)"}
      </span>
    </td>
  );
}

function KindLabel({ token, listing }: { token: TokenView; listing: TokenListing }) {
  if (token.kind === "") return null;
  if (token.kind === "session") return token.current ? "Sign-in (this browser)" : "Sign-in";
  const href = listHref(listing.path, changeFilter(listing.filter, { kind: token.kind }));
  return <a href={href}>{token.kind}</a>;
}

interface MenuButtonProps {
  token: TokenView;
  isOpen: boolean;
  onMenu: (name: string | null) => void;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

function MenuButton({ token, isOpen, onMenu, onCommand }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const label = `Actions for ${token.name}`;
  const close = () => {
    onMenu(null);
    button.current?.focus();
  };
  return (
    <span className="relative">
      <button
        ref={button}
        type="button"
        className="row-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => onMenu(token.name)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          onMenu(token.name);
        }}
      />
      {isOpen ? (
        <Suspense>
          <RowMenu
            label={label}
            enabled={token.enabled}
            onClose={close}
            onSelect={(command) => {
              close();
              onCommand(command, token);
            }}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
