"use client";

import { X } from "lucide-react";
import {
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { Button } from "./button";

interface DialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  /** Called instead of onClose on Escape and clicks outside: the dialog stays open. */
  onDismissRefused?: () => void;
  wide?: boolean;
  /** For what interrupts. */
  role?: "alertdialog";
  /** The id of the text to read out when it opens. */
  describedBy?: string;
}

/** A modal on the browser's own dialog element: it traps focus and makes the page behind inert. */
export function Dialog({
  title,
  children,
  onClose,
  onDismissRefused,
  wide,
  role,
  describedBy,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const dismiss = onDismissRefused ?? onClose;

  // Before the element leaves the page: closing it then gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => element?.close();
  }, []);

  // A button that is switched off while it works loses the focus to the page, and with it the keys.
  const latestDismiss = useRef(dismiss);
  useEffect(() => {
    latestDismiss.current = dismiss;
  });
  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const top = [...document.querySelectorAll("dialog[open]")].at(-1);
      if (top !== dialog.current || top?.contains(event.target as Node)) return;
      event.preventDefault();
      latestDismiss.current();
    };
    document.addEventListener("keydown", handleKeyDown);
    return () => document.removeEventListener("keydown", handleKeyDown);
  }, []);

  const handleCancel = (event: SyntheticEvent) => {
    event.preventDefault();
    dismiss();
  };

  return (
    <dialog
      ref={dialog}
      role={role}
      aria-labelledby={titleId}
      aria-describedby={describedBy}
      closedby="none"
      className={`m-auto max-h-[min(92dvh,56rem)] w-[calc(100%-1.5rem)] animate-slide-in overflow-y-auto rounded-lg border border-line bg-surface text-ink shadow-2xl ${wide ? "max-w-2xl" : "max-w-lg"}`}
      onCancel={handleCancel}
      onKeyDown={(event) => {
        // Chromium closes a dialog at the second Escape whatever onCancel says.
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        dismiss();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dismiss();
      }}
    >
      <div className="p-5 sm:p-6">
        <header className="mb-4 flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-balance font-semibold text-lg leading-7">
            {title}
          </h2>
          {onDismissRefused ? null : (
            <Button variant="quiet" size="icon" aria-label="Close" onClick={onClose}>
              <X aria-hidden className="size-4" />
            </Button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
