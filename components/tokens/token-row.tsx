"use client";

import type { Route } from "next";
import { Suspense } from "react";
import { timeElement } from "../instant";
import { relativeTime } from "../time";
import { lazyPart } from "../update/lazy-part";
import type { Clock } from "../use-clock";
import { riskCell } from "./risk-cell";
import { StateBadge } from "./state-badge";
import type { TokenView } from "./token-view";
import type { TokenCommand } from "./use-token-actions";

const RowMenu = lazyPart(async () => (await import("../ui/row-menu")).RowMenu<TokenCommand>);

const EDIT = { command: "edit", label: "Edit" } as const;
const DELETE = { command: "delete", label: "Delete", danger: true } as const;
const ITEMS_OF_ENABLED = [EDIT, { command: "disable", label: "Disable" }, DELETE] as const;
const ITEMS_OF_DISABLED = [EDIT, { command: "enable", label: "Enable" }, DELETE] as const;

interface TokenRowProps {
  token: TokenView;
  clock: Clock;
  /** Where the owner's other tokens are listed; absent in a list of one's own. */
  ownerHref: Route | undefined;
  kindHref: Route | undefined;
  isSelected: boolean;
  onSelect: (name: string, isRange: boolean) => void;
  isMenuOpen: boolean;
  onMenuOpen: (token: TokenView, button: HTMLButtonElement) => void;
  onMenuClose: () => void;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

// Lean on purpose: 25 of these are most of what the page costs the server, so what is of no use
// without scripts comes with them. Style is in globals.css.
export function TokenRow({ token, clock, ownerHref, kindHref, ...rest }: TokenRowProps) {
  const { isSelected, onSelect, ...menu } = rest;
  const label = `Actions for ${token.name}`;
  return (
    <tr aria-selected={isSelected || undefined}>
      <td>
        {clock.isReaders ? (
          <input
            type="checkbox"
            aria-label={`Select ${token.name}`}
            checked={isSelected}
            // The change event does not say whether shift is held.
            onChange={() => undefined}
            onClick={(event) => onSelect(token.name, event.shiftKey)}
          />
        ) : null}
        <a href={`/tokens/${token.name}`}>{token.name}</a>
      </td>
      {ownerHref ? (
        <td>
          <span>
            <a href={ownerHref}>{token.ownerName}</a>
            {token.ownerEnabled ? null : " (disabled)"}
          </span>
        </td>
      ) : null}
      <td title={token.description || undefined}>{token.description}</td>
      <td>{kindLabel(token, kindHref)}</td>
      <td>
        <StateBadge state={token.state} />
      </td>
      {riskCell(token)}
      <td>{token.expiresAt ? timeElement(token.expiresAt, clock, 0) : "Never"}</td>
      <td>{token.lastUsedAt ? pastTime(token.lastUsedAt, clock) : "Never"}</td>
      <td>{pastTime(token.createdAt, clock)}</td>
      <td>
        {clock.isReaders ? (
          <button
            type="button"
            aria-label={label}
            aria-haspopup="menu"
            aria-expanded={menu.isMenuOpen || undefined}
            onClick={(event) => menu.onMenuOpen(token, event.currentTarget)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              menu.onMenuOpen(token, event.currentTarget);
            }}
          />
        ) : null}
        {menu.isMenuOpen ? (
          <Suspense>
            <RowMenu
              label={label}
              items={token.enabled ? ITEMS_OF_ENABLED : ITEMS_OF_DISABLED}
              onClose={menu.onMenuClose}
              onSelect={(command) => {
                menu.onMenuClose();
                menu.onCommand(command, token);
              }}
            />
          </Suspense>
        ) : null}
      </td>
    </tr>
  );
}

// In words alone until the browser takes over: the exact one is added for the reader's own zone.
function pastTime(at: Date, clock: Clock) {
  return clock.isReaders ? timeElement(at, clock) : relativeTime(at, clock.now);
}

function kindLabel(token: TokenView, href: Route | undefined) {
  if (token.kind === "") return null;
  if (token.kind === "session") return token.current ? "Sign-in (this browser)" : "Sign-in";
  return <a href={href}>{token.kind}</a>;
}
