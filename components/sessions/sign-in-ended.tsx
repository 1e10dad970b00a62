"use client";

import { useId, useState } from "react";
import { Button, buttonClass } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import type { SignInState } from "./time-left";

interface SignInEndedProps {
  state: Extract<SignInState, { status: "ended" | "replaced" }>;
  /** Whose page this is. */
  username: string;
}

const REASONS = {
  idle: "Nothing happened for as long as a sign-in may be idle, so it ended.",
  total: "Your sign-in reached the end of its lifetime.",
  unknown: "Your sign-in here has ended, here or from another place.",
} as const;

const stayOpen = () => undefined;

/** Says that the sign-in is over, and leaves the page with what was typed where it is. */
export function SignInEnded({ state, username }: SignInEndedProps) {
  const [isAside, setAside] = useState(false);
  const textId = useId();
  if (state.status === "replaced") {
    return (
      <Dialog
        title="Somebody else has signed in"
        role="alertdialog"
        describedBy={textId}
        onClose={stayOpen}
        onDismissRefused={stayOpen}
      >
        <p id={textId}>
          This page belongs to <strong className="break-words font-medium">{username}</strong>, but
          in this browser <strong className="break-words font-medium">{state.username}</strong> is
          signed in now.
        </p>
        <DialogActions>
          <Button variant="primary" data-autofocus onClick={() => window.location.reload()}>
            Load this page anew
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  if (isAside) return <EndedBar onBack={() => setAside(false)} />;
  return (
    <Dialog
      title="You have been signed out"
      role="alertdialog"
      describedBy={textId}
      onClose={() => setAside(true)}
    >
      <p id={textId}>{REASONS[state.limit ?? "unknown"]}</p>
      <p className="mt-2 text-muted">
        What you typed is still on this page. Sign in again in a new tab, then go on here.
      </p>
      <DialogActions>
        <Button onClick={() => setAside(true)}>Show the page</Button>
        <SignInAgain />
      </DialogActions>
    </Dialog>
  );
}

function EndedBar({ onBack }: { onBack: () => void }) {
  return (
    <section
      aria-label="Signed out"
      className="fixed inset-x-0 bottom-0 z-40 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-t bg-warning-soft px-4 py-2.5 text-sm text-warning"
    >
      <p>You are signed out: nothing can be saved before you sign in again.</p>
      <div className="flex gap-2">
        <Button size="sm" onClick={onBack}>
          Why?
        </Button>
        <SignInAgain isSmall />
      </div>
    </section>
  );
}

function SignInAgain({ isSmall = false }: { isSmall?: boolean }) {
  return (
    <a
      href="/sign-in"
      target="_blank"
      rel="noopener"
      data-autofocus
      className={buttonClass("primary", isSmall ? "sm" : "md")}
    >
      Sign in again
    </a>
  );
}
