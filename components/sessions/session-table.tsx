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
    <table ref={table} className="w-full border-collapse text-sm max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-md:sr-only">
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
      <tbody className="max-md:block">
        {sessions.map((session) => (
          <tr
            key={session.name}
            className="border-line border-t max-md:block max-md:px-4 max-md:py-3 max-md:first:border-t-0"
          >
            {hasOwners ? (
              <Cell label="Owner">
                <a
                  href={`/sessions?scope=all&owner=${encodeURIComponent(session.ownerName)}`}
                  className="break-all rounded-sm hover:underline"
                >
                  {session.ownerName}
                </a>
              </Cell>
            ) : null}
            <Cell label="Browser">
              <DeviceName device={session.device} />
              {session.current ? (
                <span className="ml-2 inline-block rounded-sm bg-accent-soft px-1.5 text-accent text-xs">
                  This browser
                </span>
              ) : null}
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
            <td className="py-1 pr-3 text-right max-md:block max-md:pt-2 max-md:text-left">
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

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td
      data-label={label}
      className="px-3 py-2 align-top first:pl-4 max-md:grid max-md:grid-cols-[6.5rem_minmax(0,1fr)] max-md:px-0 max-md:py-0.5 max-md:before:text-muted max-md:before:content-[attr(data-label)] max-md:first:pl-0"
    >
      <div className="min-w-0">{children}</div>
    </td>
  );
}
