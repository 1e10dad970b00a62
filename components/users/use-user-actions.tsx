"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, Suspense, useCallback, useState, useTransition } from "react";
import type { FormState } from "../form-state";
import { useWithProof } from "../proof/proof-provider";
import { Toast, type ToastContent } from "../ui/toast";
import { lazyPart } from "../update/lazy-part";
import type { PasswordLink, UserActions } from "./actions";
import type { UserCommand } from "./commands";
import type { UserView } from "./user-view";

const UserDialogs = lazyPart(async () => (await import("./user-dialogs")).UserDialogs);

interface Options {
  actions: UserActions;
  /** After a delete; the list and the user's page differ in where that leads. */
  onDeleted: (toast: ToastContent) => void;
}

/** The commands on a user, with their dialogs and messages, for a row menu or a user's page. */
export function useUserActions({ actions, onDeleted }: Options) {
  const router = useRouter();
  const withProof = useWithProof();
  const [open, setOpen] = useState<{ command: UserCommand; user: UserView } | null>(null);
  const [link, setLink] = useState<{ user: UserView; link: PasswordLink } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [toast, setToast] = useState<ToastContent | null>(null);
  const [isPending, startTransition] = useTransition();
  const close = useCallback(() => setOpen(null), []);

  /** Sends a change, with a proof where one is wanted; refusals show where the person looks. */
  const run = <T,>(send: () => Promise<FormState<T>>, onDone: (result: T) => void) => {
    setError(null);
    setToast(null);
    startTransition(async () => {
      const answer = await withProof(send);
      if (answer.status === "done") {
        setOpen(null);
        return onDone(answer.result);
      }
      if (answer.status !== "failed") return;
      if (!answer.missing) return setError(answer.message);
      setOpen(null);
      setToast({ text: answer.message });
      router.refresh();
    });
  };

  const finish = (user: UserView, text: string, endsSignIn: boolean) => {
    if (endsSignIn && user.isViewer) return window.location.assign("/sign-in");
    setToast({ text });
    router.refresh();
  };

  const confirm = (command: UserCommand, user: UserView) => {
    const { id, username } = user;
    if (command === "enable") {
      return run(
        () => actions.setEnabled(id, true),
        () => finish(user, `Enabled ${username}`, false),
      );
    }
    if (command === "disable") {
      return run(
        () => actions.setEnabled(id, false),
        () => finish(user, `Disabled ${username}`, true),
      );
    }
    if (command === "end-sessions") {
      return run(
        () => actions.endSessions(id),
        (count) => finish(user, endedText(count, username), true),
      );
    }
    if (command === "reset-password") {
      return run(
        () => actions.createLink(id),
        (made) => setLink({ user, link: made }),
      );
    }
    return run(
      () => actions.remove(id),
      () => {
        if (user.isViewer) window.location.assign("/sign-in");
        else onDeleted({ text: `Deleted ${username}` });
      },
    );
  };

  const begin = (command: UserCommand, user: UserView) => {
    if (command === "enable") return confirm(command, user);
    setError(null);
    setToast(null);
    setOpen({ command, user });
  };

  const refresh = useCallback(() => {
    setOpen(null);
    router.refresh();
  }, [router]);

  const surface: ReactNode = (
    <>
      {open || link ? (
        <Suspense>
          <UserDialogs
            open={open}
            link={link}
            actions={actions}
            isPending={isPending}
            error={error}
            onConfirm={confirm}
            onSaved={(user, endsSignIn) => {
              setOpen(null);
              finish(user, "Changes saved", endsSignIn);
            }}
            onReload={refresh}
            onClose={close}
            onLinkDone={() => {
              setLink(null);
              router.refresh();
            }}
          />
        </Suspense>
      ) : null}
      <Toast
        content={toast ?? (error && !open ? { text: error } : null)}
        onDismiss={() => {
          setToast(null);
          setError(null);
        }}
      />
    </>
  );
  return { begin, run, finish, surface, showToast: setToast, isPending };
}

function endedText(count: number, username: string): string {
  if (count === 0) return `${username} was not signed in anywhere`;
  return count === 1 ? `Ended a sign-in of ${username}` : `Ended ${count} sign-ins of ${username}`;
}
