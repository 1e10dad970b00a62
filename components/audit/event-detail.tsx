import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Instant } from "../instant";
import { actionText } from "./action-text";
import { EventChanges } from "./event-changes";
import type { AuditEventView } from "./event-view";
import { OutcomeBadge } from "./outcome-badge";

interface EventDetailProps {
  event: AuditEventView & {
    actorId: string | null;
    actorToken: string | null;
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    userAgent: string | null;
    requestId: string | null;
    previousHash: string;
    hash: string;
  };
  now: Date;
}

/** Everything that one event says, and its place in the chain. */
export function EventDetail({ event, now }: EventDetailProps) {
  const at = new Date(event.at);
  return (
    <>
      <a
        href="/admin/audit"
        className="inline-flex items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Audit
      </a>
      <header className="mt-3">
        <h1 className="break-words font-semibold text-xl leading-8 tracking-tight">
          {event.actorName} {event.outcome === "success" ? "" : "tried: "}
          {actionText(event.action)}
        </h1>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
          <span>Event {event.seq}</span>
          <Instant at={at} now={now} />
          <OutcomeBadge outcome={event.outcome} />
        </p>
      </header>
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <section aria-label="Facts" className="rounded-lg border border-line bg-surface px-4 py-1">
          <dl className="divide-y divide-line text-sm">
            <Fact label="Time">{at.toISOString()}</Fact>
            <Fact label="Actor">
              <UserLink id={event.actorId} name={event.actorName} />
            </Fact>
            {event.actorToken ? (
              <Fact label="With token">
                <TokenLink name={event.actorToken} />
              </Fact>
            ) : null}
            <Fact label="Action">{event.action}</Fact>
            {event.objectName ? (
              <Fact label="Object">
                <ObjectLink event={event} />
              </Fact>
            ) : null}
            {event.ownerId ? (
              <Fact label="Owner">
                <UserLink id={event.ownerId} name={event.ownerName ?? event.ownerId} />
              </Fact>
            ) : null}
            {event.reason ? <Fact label="Reason">{event.reason}</Fact> : null}
            {event.address ? <Fact label="Address">{event.address}</Fact> : null}
            {event.userAgent ? <Fact label="User agent">{event.userAgent}</Fact> : null}
            {event.requestId ? (
              <Fact label="Request">
                <a
                  href={`/admin/audit?request=${encodeURIComponent(event.requestId)}`}
                  className={LINK}
                >
                  {event.requestId}
                </a>
              </Fact>
            ) : null}
            <Fact label="Hash">
              <span className="break-all font-mono text-xs">{event.hash}</span>
            </Fact>
            <Fact label="Hash before">
              <span className="break-all font-mono text-xs">{event.previousHash}</span>
            </Fact>
          </dl>
        </section>
        <section
          aria-labelledby="changes"
          className="rounded-lg border border-line bg-surface px-4 py-3"
        >
          <h2 id="changes" className="mb-2 font-medium">
            Changes
          </h2>
          <EventChanges before={event.before} after={event.after} />
        </section>
      </div>
    </>
  );
}

const LINK = "rounded-sm underline decoration-line-strong underline-offset-4 hover:text-accent";

function ObjectLink({ event }: { event: AuditEventView }) {
  const { objectKind, objectName, subjectName } = event;
  if (objectKind === "token") return <TokenLink name={objectName} />;
  if (objectKind === "user") return <UserLink id={objectName} name={subjectName ?? objectName} />;
  if (objectKind === "bulk" && event.outcome === "success") {
    return (
      <a href={`/bulk/${encodeURIComponent(objectName)}`} className={LINK}>
        Action on many tokens
      </a>
    );
  }
  return (
    <>
      {objectKind} <span className="font-mono">{objectName}</span>
    </>
  );
}

function TokenLink({ name }: { name: string }) {
  return (
    <a href={`/tokens/${encodeURIComponent(name)}`} className={`font-mono ${LINK}`}>
      {name}
    </a>
  );
}

function UserLink({ id, name }: { id: string | null; name: string }) {
  if (!id) return name;
  return (
    <a href={`/admin/users/${encodeURIComponent(id)}`} className={LINK}>
      {name}
    </a>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 py-2">
      <dt className="text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
