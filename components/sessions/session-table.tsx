"use client";

import type { ReactNode } from "react";
import { Instant } from "../instant";
import { Button } from "../ui/button";
import { useTableRoles } from "../use-table-roles";
import { DeviceName } from "./device-name";
import type { SessionView } from "./session-view";
import { SignOutHere } from "./this-session";

interface SessionTableProps {
  caption: string;
  sessions: readonly SessionView[];
  hasOwners: boolean;
  now: Date;
  onSignOut: (session: SessionView) => void;
}

/** Sign-ins as a table, which on a narrow screen is a list of cards. */
export function SessionTable(props: SessionTableProps) {
  const { caption, sessions, hasOwners, now, onSignOut } = props;
  const table = useTableRoles();
  const columns = ["Browser", "Address", "Started", "Last seen", "Ends"];
  return (
    <table ref={table} className="w-full border-collapse text-sm @max-[48rem]:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="@max-[48rem]:sr-only">
        <tr>
          {[...(hasOwners ? ["Owner"] : []), ...columns].map((label) => (
            <th
              key={label}
              scope="col"
              className="px-3 py-2 text-left font-medium text-muted text-xs first:pl-4"
            >
              {label}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">Sign out</span>
          </th>
        </tr>
      </thead>
      <tbody className="@max-[48rem]:block">
        {sessions.map((session) => (
          <tr
            key={session.name}
            className="border-line border-t @max-[48rem]:block @max-[48rem]:px-4 @max-[48rem]:py-3 @max-[48rem]:first:border-t-0"
          >
            {hasOwners ? (
              <Cell label="Owner" isWide>
                <a
                  href={`/sessions?scope=all&owner=${encodeURIComponent(session.ownerName)}`}
                  className="rounded-sm [overflow-wrap:anywhere] hover:underline"
                >
                  {session.ownerName}
                </a>
              </Cell>
            ) : null}
            <Cell label="Browser" isWide>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <DeviceName device={session.device} />
                {session.current ? (
                  <span className="whitespace-nowrap rounded-sm bg-accent-soft px-1.5 text-accent text-xs">
                    This browser
                  </span>
                ) : null}
              </span>
            </Cell>
            <Cell label="Address">{session.address ?? "Unknown"}</Cell>
            <Cell label="Started">
              <Instant at={session.startedAt} now={now} />
            </Cell>
            <Cell label="Last seen">
              {session.lastSeenAt ? (
                <Instant at={session.lastSeenAt} now={now} align="end" />
              ) : (
                "Never"
              )}
            </Cell>
            <Cell label="Ends">
              {session.endsAt ? <Instant at={session.endsAt} now={now} align="end" /> : "Never"}
            </Cell>
            <td className="py-1 pr-3 text-right @max-[48rem]:block @max-[48rem]:pt-2 @max-[48rem]:text-left">
              {session.current ? (
                <SignOutHere />
              ) : (
                <Button size="sm" onClick={() => onSignOut(session)}>
                  Sign out
                  <span className="sr-only">
                    {" "}
                    {session.device.text}
                    {hasOwners ? ` of ${session.ownerName}` : ""}
                  </span>
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  label: string;
  /** Keeps room where the table is one: its text breaks anywhere. */
  isWide?: boolean;
  children: ReactNode;
}

function Cell({ label, isWide, children }: CellProps) {
  return (
    <td
      data-label={label}
      className="px-3 py-2 first:pl-4 @max-[48rem]:grid @max-[48rem]:grid-cols-[6.5rem_minmax(0,1fr)] @max-[48rem]:px-0 @max-[48rem]:py-0.5 @max-[48rem]:before:text-muted @max-[48rem]:before:content-[attr(data-label)] @max-[48rem]:first:pl-0"
    >
      <div className={`${isWide ? "min-w-32" : ""} @max-[48rem]:min-w-0`}>{children}</div>
    </td>
  );
}
