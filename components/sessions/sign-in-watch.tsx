"use client";

import { useEffect, useState, useTransition } from "react";
import type { FormState } from "../form-state";
import { SignInEnded } from "./sign-in-ended";
import { SignInEnding } from "./sign-in-ending";
import type { TimeLeft } from "./time-left";
import { useSignInState } from "./use-sign-in-state";

interface SignInWatchProps {
  initial: TimeLeft;
  stay: () => Promise<FormState>;
}

/** Warns before this browser's sign-in ends, and says when it has, over whatever is on the page. */
export function SignInWatch({ initial, stay }: SignInWatchProps) {
  const { state, ask, noteActivity } = useSignInState(initial);
  const [isUnderstood, setUnderstood] = useState(false);
  const [isStaying, startStaying] = useTransition();

  useEffect(() => {
    if (state.status === "fine") setUnderstood(false);
  }, [state.status]);

  const handleStay = () => {
    if (isStaying) return;
    startStaying(async () => {
      // Whether it did any good is what the server says next.
      await stay().catch(() => undefined);
      await noteActivity();
    });
  };

  if (state.status === "ending" && !isUnderstood) {
    return (
      <SignInEnding
        limit={state.limit}
        endsAtMs={state.endsAtMs}
        isStaying={isStaying}
        onStay={handleStay}
        onUnderstood={() => setUnderstood(true)}
        onOver={ask}
      />
    );
  }
  if (state.status === "ended" || state.status === "replaced") {
    return <SignInEnded key={state.status} state={state} username={initial.username} />;
  }
  return null;
}
