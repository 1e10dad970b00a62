"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { Toast, type ToastContent } from "../ui/toast";
import type { SessionActions } from "./actions";
import type { SessionView } from "./session-view";
import { SignOutDialog } from "./sign-out-dialog";

interface Options {
  actions: SessionActions;
  isOwn: boolean;
  now: Date;
}

/** Ending sign-ins from a list of them, with the dialog and the message. */
export function useSignOut({ actions, isOwn, now }: Options) {
  const router = useRouter();
  const [target, setTarget] = useState<SessionView | "others" | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [toast, setToast] = useState<ToastContent | null>(null);
  const [isPending, startTransition] = useTransition();

  const ask = (asked: SessionView | "others") => {
    setError(null);
    setToast(null);
    setTarget(asked);
  };

  const handleConfirm = () => {
    if (target === null) return;
    startTransition(async () => {
      const answer = await (target === "others" ? actions.endOthers() : actions.end(target.name));
      if (answer.status === "failed" && !answer.missing) return setError(answer.message);
      const isGone = answer.status === "failed";
      setTarget(null);
      setToast({ text: isGone ? "That sign-in had ended already." : doneText(target, isOwn) });
      router.refresh();
    });
  };

  const surface: ReactNode = (
    <>
      {target ? (
        <SignOutDialog
          target={target}
          isOwn={isOwn}
          now={now}
          isPending={isPending}
          error={error}
          onConfirm={handleConfirm}
          onClose={() => setTarget(null)}
        />
      ) : null}
      <Toast content={toast} onDismiss={() => setToast(null)} />
    </>
  );
  return { ask, surface };
}

function doneText(target: SessionView | "others", isOwn: boolean): string {
  if (target === "others") return "Signed out everywhere else";
  return `Signed out ${target.device.text}${isOwn ? "" : ` of ${target.ownerName}`}`;
}
