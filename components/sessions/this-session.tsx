import type { ReactNode } from "react";
import { Instant } from "../instant";
import { Button } from "../ui/button";
import { DeviceName } from "./device-name";
import type { SessionView } from "./session-view";

/** The sign-in of this browser, which ends by a plain form, so that the browser forgets its pages. */
export function ThisSession({ session, now }: { session: SessionView; now: Date }) {
  return (
    <section
      aria-labelledby="this-browser"
      className="mt-6 rounded-lg border border-line bg-surface px-4 py-3.5"
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid gap-1">
          <h2 id="this-browser" className="font-medium">
            This browser
          </h2>
          <DeviceName device={session.device} />
        </div>
        <SignOutHere />
      </div>
      <dl className="mt-3 grid gap-x-8 gap-y-2 border-line border-t pt-3 text-sm sm:grid-cols-4">
        <Fact label="Address">{session.address ?? "Unknown"}</Fact>
        <Fact label="Started">
          <Instant at={session.startedAt} now={now} />
        </Fact>
        <Fact label="Last seen">
          {session.lastSeenAt ? <Instant at={session.lastSeenAt} now={now} /> : "Just now"}
        </Fact>
        <Fact label="Ends">
          {session.endsAt ? <Instant at={session.endsAt} now={now} /> : "Never"}
        </Fact>
      </dl>
    </section>
  );
}

export function SignOutHere() {
  return (
    <form action="/sign-out" method="post">
      <Button type="submit" size="sm">
        Sign out<span className="sr-only"> this browser</span>
      </Button>
    </form>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="max-sm:grid max-sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <dt className="text-muted max-sm:text-sm sm:text-xs">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
