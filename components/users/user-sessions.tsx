import { Instant } from "../instant";
import { Button } from "../ui/button";
import type { SessionView } from "./session-view";
import type { UserView } from "./user-view";

interface UserSessionsProps {
  user: UserView;
  sessions: readonly SessionView[];
  now: Date;
  isPending: boolean;
  onEndAll: () => void;
  onEnd: (session: SessionView) => void;
}

/** Where a user is signed in at the moment, each to be ended, and all at once. */
export function UserSessions(props: UserSessionsProps) {
  const { sessions, now, isPending, onEndAll, onEnd } = props;
  return (
    <section
      aria-labelledby="sign-ins"
      className="rounded-lg border border-line bg-surface px-4 py-3"
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="sign-ins" className="font-medium">
          Sign-ins
        </h2>
        {sessions.length > 0 ? (
          <Button size="sm" onClick={onEndAll}>
            End all sign-ins
          </Button>
        ) : null}
      </header>
      {sessions.length === 0 ? (
        <p className="mt-1 text-muted text-sm">This user is signed in nowhere.</p>
      ) : (
        <ul className="mt-2 divide-y divide-line text-sm">
          {sessions.map((session) => (
            <li key={session.name} className="flex items-center justify-between gap-4 py-2">
              <div className="min-w-0">
                <p className="wrap-anywhere">
                  {placeText(session)}
                  {session.current ? <span className="text-muted"> (this browser)</span> : null}
                </p>
                <p className="text-muted text-xs">
                  started <Instant at={session.createdAt} now={now} />
                  {session.lastUsedAt ? (
                    <>
                      , last seen <Instant at={session.lastUsedAt} now={now} />
                    </>
                  ) : null}
                  {session.expiresAt ? (
                    <>
                      , ends <Instant at={session.expiresAt} now={now} />
                    </>
                  ) : null}
                </p>
              </div>
              <Button
                size="sm"
                disabled={isPending}
                aria-label={`End the sign-in ${session.name}`}
                onClick={() => onEnd(session)}
              >
                End
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function placeText({ client, address, name }: SessionView): string {
  const who = client ?? `Not used yet (${name})`;
  return address ? `${who}, ${address}` : who;
}
