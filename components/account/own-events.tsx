import { Instant } from "../instant";
import { deviceOf } from "../sessions/device";
import { buttonClass } from "../ui/button";
import { type EventView, eventText, eventToken } from "./event-text";

interface OwnEventsProps {
  events: readonly EventView[];
  /** Whether these are not the newest. */
  isOlder: boolean;
  /** The number before which older ones are; null when there are none. */
  older: number | null;
  now: Date;
}

const OUTCOMES = { success: null, failure: "Failed", denied: "Refused" } as const;

/** What happened lately around an account, the newest first. */
export function OwnEvents({ events, isOlder, older, now }: OwnEventsProps) {
  return (
    <section
      aria-labelledby="events"
      className="rounded-lg border border-line bg-surface p-4 sm:p-5"
    >
      <h2 id="events" className="font-medium">
        {isOlder ? "Earlier events" : "Recent events"}
      </h2>
      <p className="mt-1 text-muted text-sm">
        What you did, and what others did to your tokens and your account. Something you do not
        know? Change your password.
      </p>
      {events.length > 0 ? (
        <ol className="mt-3 divide-y divide-line text-sm">
          {events.map((event) => (
            <Event key={event.seq} event={event} now={now} />
          ))}
        </ol>
      ) : (
        <p className="mt-4 text-muted text-sm">Nothing has happened yet.</p>
      )}
      {older !== null || isOlder ? (
        <nav aria-label="Events" className="mt-3 flex flex-wrap gap-2 border-line border-t pt-4">
          {isOlder ? (
            <a href="/account#events" className={buttonClass("secondary", "sm")}>
              Newest
            </a>
          ) : null}
          {older === null ? null : (
            <a href={`/account?before=${older}#events`} className={buttonClass("secondary", "sm")}>
              Earlier
            </a>
          )}
        </nav>
      ) : null}
    </section>
  );
}

function Event({ event, now }: { event: EventView; now: Date }) {
  const token = eventToken(event);
  const outcome = OUTCOMES[event.outcome];
  const device = event.userAgent ? deviceOf(event.userAgent).text : null;
  const place = [device, event.address].filter(Boolean).join(", ");
  const why = [outcome, event.reason].filter(Boolean).join(": ");
  return (
    <li className="py-2.5">
      <p className="flex justify-between gap-x-4">
        <span className="min-w-0 break-words">
          {eventText(event)}
          {token ? (
            <>
              {" "}
              {token.isThere && event.isTheirs ? (
                <a href={`/tokens/${token.name}`} className="font-mono text-xs hover:underline">
                  {token.name}
                </a>
              ) : (
                <span className="font-mono text-xs">{token.name}</span>
              )}
            </>
          ) : null}
        </span>
        <span className="shrink-0 text-muted">
          <Instant at={event.at} now={now} align="end" />
        </span>
      </p>
      {why ? (
        <p className={`break-words text-xs ${outcome ? "text-danger" : "text-muted"}`}>{why}</p>
      ) : null}
      {place ? <p className="break-words text-muted text-xs">{place}</p> : null}
    </li>
  );
}
