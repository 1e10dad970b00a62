"use client";

import { Search } from "lucide-react";
import { Button } from "../ui/button";
import { Input } from "../ui/field";
import type { SessionActions } from "./actions";
import { type PageLinks, SessionPages } from "./session-pages";
import { SessionTable } from "./session-table";
import type { SessionView } from "./session-view";
import { useSignOut } from "./use-sign-out";

interface AllSessionsProps {
  sessions: readonly SessionView[];
  owner: string | undefined;
  links: PageLinks;
  now: Date;
  actions: SessionActions;
}

/** Everybody's sign-ins, for administrators, found by their owner. */
export function AllSessions({ sessions, owner, links, now, actions }: AllSessionsProps) {
  const { ask, surface } = useSignOut({ actions, isOwn: false, now });
  return (
    <>
      <search className="mt-4 block">
        <form action="/sessions" method="get" className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="scope" value="all" />
          <div className="relative min-w-48 max-w-80 grow basis-56">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted"
            />
            <Input
              key={owner}
              type="search"
              name="owner"
              aria-label="Search owner"
              aria-keyshortcuts="/"
              placeholder="Owner’s user name begins with"
              defaultValue={owner}
              className="pl-8"
            />
          </div>
          <Button type="submit">Search</Button>
          {owner ? (
            <a
              href="/sessions?scope=all"
              className="rounded-sm px-1 text-accent text-sm hover:underline"
            >
              Clear search
            </a>
          ) : null}
        </form>
      </search>
      <section
        aria-label="Everybody’s sign-ins"
        className="@container mt-4 rounded-lg border border-line bg-surface"
      >
        {sessions.length > 0 ? (
          <SessionTable
            caption="Everybody’s sign-ins"
            sessions={sessions}
            hasOwners
            now={now}
            onSignOut={ask}
          />
        ) : (
          <p className="px-6 py-12 text-center text-muted">
            {owner
              ? `Nobody whose name begins with “${owner}” is signed in.`
              : "Nobody is signed in on this page of the list."}
          </p>
        )}
      </section>
      <SessionPages links={links} />
      {surface}
    </>
  );
}
