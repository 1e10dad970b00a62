"use client";

import { ShieldCheck } from "lucide-react";
import { Button } from "../ui/button";
import type { SessionActions } from "./actions";
import { type PageLinks, SessionPages } from "./session-pages";
import { SessionTable } from "./session-table";
import type { SessionView } from "./session-view";
import { ThisSession } from "./this-session";
import { useSignOut } from "./use-sign-out";

interface OwnSessionsProps {
  current: SessionView;
  others: readonly SessionView[];
  links: PageLinks;
  now: Date;
  actions: SessionActions;
}

/** One's own sign-ins: this one by itself, and the others, which can be ended. */
export function OwnSessions({ current, others, links, now, actions }: OwnSessionsProps) {
  const { ask, surface } = useSignOut({ actions, isOwn: true, now });
  return (
    <>
      <ThisSession session={current} now={now} />
      <section
        aria-labelledby="elsewhere"
        className="@container mt-6 rounded-lg border border-line bg-surface"
      >
        <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
          <h2 id="elsewhere" className="font-medium">
            Elsewhere
          </h2>
          {others.length > 0 ? (
            <Button size="sm" variant="caution" onClick={() => ask("others")}>
              Sign out everywhere else
            </Button>
          ) : null}
        </div>
        {others.length > 0 ? (
          <div className="border-line border-t">
            <SessionTable
              caption="Your other sign-ins"
              sessions={others}
              hasOwners={false}
              now={now}
              onSignOut={ask}
            />
          </div>
        ) : (
          <div className="grid justify-items-center gap-2 border-line border-t px-6 py-10 text-center">
            <ShieldCheck aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
            <p className="text-muted">You are signed in nowhere else.</p>
          </div>
        )}
      </section>
      <SessionPages links={links} />
      {surface}
    </>
  );
}
