"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { changeFilter, type TokenFilter } from "@/domain/tokens/filter";
import { Instant } from "../instant";
import { columnsOf } from "./columns";
import { type ListPath, listHref } from "./list-href";
import { RowMenuButton } from "./row-menu-button";
import { StateBadge } from "./state-badge";
import type { TokenView } from "./token-view";
import type { TokenCommand } from "./use-token-actions";

interface TokenTableProps {
  caption: string;
  path: ListPath;
  scope: "own" | "all";
  filter: TokenFilter;
  tokens: readonly TokenView[];
  now: Date;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

const CELL = "px-3 py-2 align-middle first:pl-4 max-[56rem]:first:pl-0 max-[56rem]:px-0";

// Roles are written out because a table that is laid out as cards loses them in some browsers.
export function TokenTable({
  caption,
  path,
  scope,
  filter,
  tokens,
  now,
  onCommand,
}: TokenTableProps) {
  return (
    <table role="table" className="stacked-table w-full border-collapse text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row" className="border-line border-b">
          {columnsOf(scope).map((column) => (
            <th
              key={column.sort}
              role="columnheader"
              scope="col"
              aria-sort={ariaSort(filter, column.sort)}
              className="whitespace-nowrap px-3 py-2 text-left font-medium text-muted text-xs first:pl-4"
            >
              <Link
                prefetch={false}
                href={listHref(path, sortedBy(filter, column.sort, column.descendingFirst))}
                className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
              >
                {column.label}
                <SortArrow filter={filter} column={column.sort} />
              </Link>
            </th>
          ))}
          <th role="columnheader" scope="col" className="w-12 px-3 py-2">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" className="divide-y divide-line">
        {tokens.map((token) => (
          <tr key={token.name} role="row" className="group hover:bg-sunken/60">
            <td role="cell" data-lead data-label="Name" className={`${CELL} whitespace-nowrap`}>
              <Link
                prefetch={false}
                href={`/tokens/${token.name}`}
                className="justify-self-start rounded-sm font-mono text-[0.8125rem] hover:text-accent hover:underline"
              >
                {token.name}
              </Link>
            </td>
            {scope === "all" ? (
              <td role="cell" data-label="Owner" className={CELL}>
                <span>
                  <Link
                    prefetch={false}
                    href={listHref(path, changeFilter(filter, { owner: token.ownerName }))}
                    className="rounded-sm hover:underline"
                  >
                    {token.ownerName}
                  </Link>
                  {token.ownerEnabled ? null : (
                    <span className="ml-1.5 text-muted">(disabled)</span>
                  )}
                </span>
              </td>
            ) : null}
            <td
              role="cell"
              data-label="Description"
              data-empty={token.description ? undefined : ""}
              className={`${CELL} w-full min-w-32 max-w-0 max-[56rem]:max-w-none`}
            >
              <span
                className="block truncate max-[56rem]:whitespace-normal max-[56rem]:break-words"
                title={token.description}
              >
                {token.description}
              </span>
            </td>
            <td
              role="cell"
              data-label="Kind"
              data-empty={token.kind ? undefined : ""}
              className={`${CELL} whitespace-nowrap text-muted`}
            >
              <KindLabel token={token} path={path} filter={filter} />
            </td>
            <td role="cell" data-label="State" className={CELL}>
              <StateBadge state={token.state} />
            </td>
            <td role="cell" data-label="Expires" className={CELL}>
              {token.expiresAt ? (
                <Instant at={token.expiresAt} now={now} focusable align="end" />
              ) : (
                "Never"
              )}
            </td>
            <td role="cell" data-label="Last used" className={CELL}>
              {token.lastUsedAt ? (
                <Instant at={token.lastUsedAt} now={now} align="end" />
              ) : (
                <span className="text-muted">Never</span>
              )}
            </td>
            <td role="cell" data-label="Created" className={CELL}>
              <Instant at={token.createdAt} now={now} align="end" />
            </td>
            <td role="cell" data-actions className="py-1 pr-3 text-right">
              <RowMenuButton token={token} onCommand={onCommand} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface KindLabelProps {
  token: TokenView;
  path: ListPath;
  filter: TokenFilter;
}

function KindLabel({ token, path, filter }: KindLabelProps) {
  if (token.kind === "") return null;
  if (token.kind === "session") {
    return <span>{token.current ? "Sign-in (this browser)" : "Sign-in"}</span>;
  }
  return (
    <Link
      prefetch={false}
      href={listHref(path, changeFilter(filter, { kind: token.kind }))}
      className="rounded-sm hover:underline"
    >
      {token.kind}
    </Link>
  );
}

function SortArrow({ filter, column }: { filter: TokenFilter; column: string }) {
  if (filter.sort !== column) return null;
  const Arrow = filter.descending ? ArrowDown : ArrowUp;
  return <Arrow aria-hidden className="size-3" />;
}

function ariaSort(filter: TokenFilter, column: string): "ascending" | "descending" | "none" {
  if (filter.sort !== column) return "none";
  return filter.descending ? "descending" : "ascending";
}

function sortedBy(
  filter: TokenFilter,
  sort: TokenFilter["sort"],
  descendingFirst: boolean,
): TokenFilter {
  const descending = filter.sort === sort ? !filter.descending : descendingFirst;
  return changeFilter(filter, { sort, descending });
}
