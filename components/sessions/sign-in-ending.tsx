"use client";

import { useEffect, useId, useRef, useState } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { countdownText, spokenText, type TimeLeft } from "./time-left";

interface SignInEndingProps {
  limit: TimeLeft["limit"];
  endsAtMs: number;
  isStaying: boolean;
  onStay: () => void;
  onUnderstood: () => void;
  onOver: () => void;
}

const TICK_MS = 1_000;

/** The warning: the idle limit can be put off, the end of the whole lifetime cannot. */
export function SignInEnding(props: SignInEndingProps) {
  const { limit, endsAtMs, isStaying, onStay, onUnderstood, onOver } = props;
  const leftMs = useTimeUntil(endsAtMs, onOver);
  const isIdle = limit === "idle";
  const textId = useId();
  return (
    <Dialog
      title={isIdle ? "Are you still there?" : "Your sign-in is about to end"}
      role="alertdialog"
      describedBy={textId}
      // Whoever presses Escape is there.
      onClose={isIdle ? onStay : onUnderstood}
    >
      <p id={textId}>
        {isIdle
          ? "Nothing has happened here for a while, so you will be signed out in"
          : "It has lasted as long as a sign-in may, and cannot be extended. You will be signed out in"}
      </p>
      <p className="my-3 font-semibold text-3xl" role="timer" aria-label="Time left">
        {countdownText(leftMs)}
      </p>
      <p className="text-muted">
        {isIdle
          ? "What you typed and did not save is kept only while this page is open."
          : "Save what you are working on now, then sign in again."}
      </p>
      <p aria-live="assertive" className="sr-only">
        {spokenText(leftMs)}
      </p>
      <form action="/sign-out" method="post">
        <DialogActions>
          <Button type="submit">Sign out now</Button>
          {isIdle ? (
            <Button
              variant="primary"
              data-autofocus
              disabled={isStaying}
              aria-busy={isStaying}
              onClick={onStay}
            >
              Stay signed in
            </Button>
          ) : (
            <Button variant="primary" data-autofocus onClick={onUnderstood}>
              Go on working
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}

function useTimeUntil(endsAtMs: number, onOver: () => void): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const latest = useRef(onOver);
  useEffect(() => {
    latest.current = onOver;
  });
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const isOver = nowMs >= endsAtMs;
  useEffect(() => {
    if (isOver) latest.current();
  }, [isOver]);
  return endsAtMs - nowMs;
}
