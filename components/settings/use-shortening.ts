"use client";

import { useEffect, useRef, useState } from "react";
import type { FormState } from "../form-state";
import { useWithProof } from "../proof/proof-provider";
import type { SettingActions, ShortenedView } from "./actions";

const HELD_WAIT_MS = 700;
const HELD_TRIES_MAX = 5;

/** How far shortening has come. */
export interface Shortening extends ShortenedView {
  status: "running" | "done" | "stopped";
  /** Parts after one another in which nothing could be shortened. */
  heldParts: number;
  /** Why it stopped. */
  problem: string | null;
}

interface Maximum {
  name: string;
  value: string;
}

/**
 * Shortens part by part until none remains, or the page is left, which then offers the rest. What a
 * part cannot have because somebody holds it is tried again for a while.
 */
export function useShortening(action: SettingActions["shorten"]) {
  const withProof = useWithProof();
  const [state, setState] = useState<Shortening | null>(null);
  const isLeft = useRef(false);

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);

  const run = async (maximum: Maximum, from: Shortening) => {
    let now: Shortening = { ...from, status: "running", heldParts: 0, problem: null };
    setState(now);
    while (now.status === "running" && !isLeft.current) {
      if (now.heldParts > 0) await new Promise((resolve) => setTimeout(resolve, HELD_WAIT_MS));
      now = after(now, await withProof(() => action(maximum)).catch(() => null));
      setState(now);
    }
  };

  return {
    state,
    start: (maximum: Maximum, remaining: number) => {
      const nothing = { status: "running", heldParts: 0, problem: null } as const;
      return run(maximum, { ...nothing, shortened: 0, ended: 0, remaining });
    },
    goOn: (maximum: Maximum) => (state ? run(maximum, state) : Promise.resolve()),
  };
}

function after(before: Shortening, answer: FormState<ShortenedView> | null): Shortening {
  if (answer?.status !== "done") {
    const problem = answer?.status === "failed" ? answer.message : "The server did not answer.";
    return { ...before, status: "stopped", problem };
  }
  const { shortened, ended, remaining } = answer.result;
  const now = {
    ...before,
    shortened: before.shortened + shortened,
    ended: before.ended + ended,
    remaining,
    heldParts: shortened === 0 ? before.heldParts + 1 : 0,
  };
  if (remaining === 0) return { ...now, status: "done" };
  if (now.heldParts <= HELD_TRIES_MAX) return now;
  const problem = "The rest is being changed by somebody else at the moment.";
  return { ...now, status: "stopped", problem };
}
