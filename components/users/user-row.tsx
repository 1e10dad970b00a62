"use client";

import { Ellipsis } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import { timeElement } from "../instant";
import { buttonClass } from "../ui/button";
import { lazyPart } from "../update/lazy-part";
import type { Clock } from "../use-clock";
import type { UserCommand } from "./commands";
import { RoleBadge } from "./role-badge";
import { tokensOfHref, userHref } from "./user-href";
import { UserState } from "./user-state";
import { type ListedUser, signInMethods } from "./user-view";

const RowMenu = lazyPart(async () => (await import("../ui/row-menu")).RowMenu<UserCommand>);

function itemsOf(user: ListedUser) {
  return [
    { command: "edit", label: "Edit" },
    { command: "reset-password", label: "Reset password" },
    { command: "end-sessions", label: "End all sign-ins" },
    user.enabled
      ? ({ command: "disable", label: "Disable" } as const)
      : ({ command: "enable", label: "Enable" } as const),
    { command: "delete", label: "Delete", danger: true },
  ] as const;
}

interface UserRowProps {
  user: ListedUser;
  /** A count of tokens that stands for as many or more. */
  tokensMax: number;
  clock: Clock;
  isMenuOpen: boolean;
  onMenuOpen: (user: ListedUser, button: HTMLButtonElement) => void;
  onMenuClose: () => void;
  onCommand: (command: UserCommand, user: ListedUser) => void;
}

export function UserRow({ user, tokensMax, clock, ...menu }: UserRowProps) {
  const label = `Actions for ${user.username}`;
  return (
    <tr className="relative block border-line border-t px-4 py-3 first:border-t-0 hover:bg-sunken/60 xl:table-row xl:p-0 xl:first:border-t">
      <td
        title={user.username}
        className="block py-0.5 pr-10 xl:table-cell xl:max-w-64 xl:truncate xl:px-3 xl:py-2 xl:pl-4"
      >
        <a
          href={userHref(user.id)}
          className="wrap-anywhere rounded-sm font-medium hover:text-accent hover:underline"
        >
          {user.username}
        </a>
        {user.isViewer ? <span className="text-muted"> (you)</span> : null}
      </td>
      <Cell
        label="Display name"
        className="wrap-anywhere xl:w-full xl:max-w-0 xl:min-w-40 xl:truncate"
        title={user.displayName || undefined}
      >
        {user.displayName}
      </Cell>
      <Cell label="Role">
        <RoleBadge role={user.role} />
      </Cell>
      <Cell label="State">
        <UserState enabled={user.enabled} />
      </Cell>
      <Cell label="Signs in with">
        {signInMethods(user) ?? <span className="text-warning">Nothing yet</span>}
      </Cell>
      <Cell label="Tokens" className="xl:text-right">
        {user.tokens === 0 ? (
          "0"
        ) : (
          <a href={tokensOfHref(user.username)} className="rounded-sm hover:underline">
            {countText(user.tokens, tokensMax)}
            <span className="sr-only"> tokens of {user.username}</span>
          </a>
        )}
      </Cell>
      <Cell label="Created" className="instant instant-end">
        {timeElement(user.createdAt, clock)}
      </Cell>
      <td className="absolute top-2 right-2 xl:relative xl:top-0 xl:right-0 xl:table-cell xl:px-3 xl:py-1 xl:text-right">
        {clock.isReaders ? (
          <button
            type="button"
            aria-label={label}
            aria-haspopup="menu"
            aria-expanded={menu.isMenuOpen || undefined}
            className={`${buttonClass("quiet", "icon")} align-middle`}
            onClick={(event) => menu.onMenuOpen(user, event.currentTarget)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              menu.onMenuOpen(user, event.currentTarget);
            }}
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        ) : null}
        {menu.isMenuOpen ? (
          <Suspense>
            <RowMenu
              label={label}
              items={itemsOf(user)}
              onClose={menu.onMenuClose}
              onSelect={(command) => {
                menu.onMenuClose();
                menu.onCommand(command, user);
              }}
            />
          </Suspense>
        ) : null}
      </td>
    </tr>
  );
}

interface CellProps {
  label: string;
  className?: string;
  title?: string | undefined;
  children: ReactNode;
}

// On a narrow screen a row is a card, where each value has its label beside it.
function Cell({ label, className = "", title, children }: CellProps) {
  return (
    <td
      data-label={label}
      title={title}
      className={`grid grid-cols-[6.5rem_minmax(0,1fr)] py-0.5 before:text-muted before:content-[attr(data-label)] empty:hidden xl:table-cell xl:whitespace-nowrap xl:px-3 xl:py-2 xl:before:content-none xl:empty:table-cell ${className}`}
    >
      {children}
    </td>
  );
}

function countText(count: number, countMax: number): string {
  return count >= countMax ? `${countMax.toLocaleString("en")}+` : count.toLocaleString("en");
}
