"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, Suspense, useCallback, useState, useTransition } from "react";
import type { FormState } from "../form-state";
import { Toast, type ToastContent } from "../ui/toast";
import { lazyPart } from "../update/lazy-part";
import type { TokenActions } from "./actions";
import { frictionOf } from "./consequence";
import type { TokenView, Viewer } from "./token-view";

const EditTokenDialog = lazyPart(async () => (await import("./edit-token-dialog")).EditTokenDialog);
const StopTokenDialog = lazyPart(async () => (await import("./stop-token-dialog")).StopTokenDialog);

export type TokenCommand = "edit" | "disable" | "enable" | "delete";

interface Options {
  actions: TokenActions;
  viewer: Viewer;
  /** After a delete; the list and the detail page differ in where that leads. */
  onDeleted: (toast: ToastContent) => void;
}

/** The commands on a token, with their dialogs and messages, for a row menu or a toolbar. */
export function useTokenActions({ actions, viewer, onDeleted }: Options) {
  const router = useRouter();
  const [open, setOpen] = useState<{ command: TokenCommand; token: TokenView } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [toast, setToast] = useState<ToastContent | null>(null);
  const [isPending, startTransition] = useTransition();
  const close = useCallback(() => setOpen(null), []);

  const handleAnswer = (token: TokenView, answer: FormState, onDone: () => void) => {
    if (answer.status === "done") {
      setOpen(null);
      return onDone();
    }
    if (answer.status !== "failed") return;
    if (!answer.missing) return setError(answer.message);
    setOpen(null);
    setToast({ text: `${token.name} is gone.` });
    router.refresh();
  };

  const setEnabled = (token: TokenView, enabled: boolean, undoable: boolean) => {
    startTransition(async () => {
      const answer = await actions.setEnabled(token.name, enabled);
      handleAnswer(token, answer, () => {
        const undo = { label: "Undo", onSelect: () => setEnabled(token, !enabled, false) };
        const text = `${enabled ? "Enabled" : "Disabled"} ${token.description || token.name}`;
        setToast({ text, ...(undoable ? { action: undo } : {}) });
        if (token.current && !enabled) window.location.assign("/sign-in");
        else router.refresh();
      });
    });
  };

  const remove = (token: TokenView) => {
    startTransition(async () => {
      const answer = await actions.remove(token.name);
      handleAnswer(token, answer, () => {
        if (token.current) window.location.assign("/sign-in");
        else onDeleted({ text: `Deleted ${token.description || token.name}` });
      });
    });
  };

  const begin = (command: TokenCommand, token: TokenView) => {
    setError(null);
    setToast(null);
    if (command === "enable") return setEnabled(token, true, true);
    if (command === "edit" || frictionOf(token, new Date()) !== "none") {
      return setOpen({ command, token });
    }
    return command === "disable" ? setEnabled(token, false, true) : remove(token);
  };

  const handleSaved = useCallback(() => {
    setOpen(null);
    setToast({ text: "Changes saved" });
    router.refresh();
  }, [router]);

  const handleReload = useCallback(() => {
    setOpen(null);
    router.refresh();
  }, [router]);

  const surface: ReactNode = (
    <>
      {open ? (
        <Suspense>
          {open.command === "edit" ? (
            <EditTokenDialog
              token={open.token}
              viewer={viewer}
              action={actions.update}
              onSaved={handleSaved}
              onReload={handleReload}
              onClose={close}
            />
          ) : (
            <StopTokenDialog
              token={open.token}
              verb={open.command === "disable" ? "Disable" : "Delete"}
              isPending={isPending}
              error={error}
              onConfirm={() =>
                open.command === "disable"
                  ? setEnabled(open.token, false, true)
                  : remove(open.token)
              }
              onClose={close}
            />
          )}
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
  return { begin, surface, showToast: setToast, isPending };
}
