"use client";

import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import type { HistoryEntry } from "../history/entry";
import type { TokenView } from "../tokens/token-view";
import { Button } from "../ui/button";
import type { UserActions } from "./actions";
import { RoleBadge } from "./role-badge";
import type { SessionView } from "./session-view";
import { type SignInLock, SignInLockNotice } from "./sign-in-lock-notice";
import { useUserActions } from "./use-user-actions";
import { UserFacts, type UserFactsOf } from "./user-facts";
import { UserHistory } from "./user-history";
import { USERS_PATH } from "./user-href";
import { UserSessions } from "./user-sessions";
import { UserState } from "./user-state";
import { UserTokens } from "./user-tokens";
import type { UserView } from "./user-view";

interface UserDetailProps {
  user: UserView;
  facts: UserFactsOf;
  lock: SignInLock | null;
  tokens: readonly TokenView[];
  sessions: readonly SessionView[];
  history: readonly HistoryEntry[];
  now: Date;
  actions: UserActions;
}

/** Everything known of one user, what can be done with them, and what happened. */
export function UserDetail(props: UserDetailProps) {
  const { user, facts, lock, tokens, sessions, history, now, actions } = props;
  const router = useRouter();
  const commands = useUserActions({ actions, onDeleted: () => router.replace(USERS_PATH) });
  const begin = (command: Parameters<typeof commands.begin>[0]) => commands.begin(command, user);

  return (
    <>
      <a
        href={USERS_PATH}
        className="inline-flex items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Users
      </a>
      <header className="mt-3 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="wrap-anywhere font-semibold text-xl leading-8 tracking-tight">
            {user.displayName || user.username}
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            {user.displayName ? (
              <span className="wrap-anywhere text-muted">{user.username}</span>
            ) : null}
            {user.isViewer ? <span className="text-muted">This is you</span> : null}
            <RoleBadge role={user.role} />
            <UserState enabled={user.enabled} />
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => begin("edit")}>Edit</Button>
          <Button onClick={() => begin("reset-password")}>Reset password</Button>
          <Button
            aria-busy={commands.isPending}
            onClick={() => begin(user.enabled ? "disable" : "enable")}
          >
            {user.enabled ? "Disable" : "Enable"}
          </Button>
          <Button variant="caution" onClick={() => begin("delete")}>
            Delete
          </Button>
        </div>
      </header>
      {lock ? (
        <SignInLockNotice
          lock={lock}
          now={now}
          isPending={commands.isPending}
          onLift={() =>
            commands.run(
              () => actions.liftLock(user.id),
              () => commands.finish(user, "The lock is lifted", false),
            )
          }
        />
      ) : null}
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <UserFacts user={user} facts={facts} now={now} />
        <div className="grid min-w-0 gap-6">
          <UserTokens user={user} tokens={tokens} now={now} />
          <UserSessions
            user={user}
            sessions={sessions}
            now={now}
            isPending={commands.isPending}
            onEndAll={() => begin("end-sessions")}
            onEnd={(session) =>
              commands.run(
                () => actions.endSession(session.name),
                () => commands.finish(user, "Ended the sign-in", session.current),
              )
            }
          />
          <UserHistory user={user} entries={history} now={now} />
        </div>
      </div>
      {commands.surface}
    </>
  );
}
