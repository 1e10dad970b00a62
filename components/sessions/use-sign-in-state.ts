"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { askAgainMs, type SignInState, stateAfter, type TimeLeft } from "./time-left";

const CHANNEL = "latchkey-sign-in";
const ASK_AT = "/sessions/time-left";
const AFTER_FAILURE_MS = 10_000;

/**
 * What becomes of this browser's sign-in while the page is open. The server is asked, which is no
 * activity there, when a warning is due by what it said last; other tabs tell of theirs.
 */
export function useSignInState(initial: TimeLeft) {
  const { username } = initial;
  const [state, setState] = useState<SignInState>({ status: "fine" });
  const latest = useRef({ state, dueAtMs: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const channel = useRef<BroadcastChannel>(null);
  const firstWaitMs = useRef(askAgainMs(initial));

  const ask = useCallback(async () => {
    clearTimeout(timer.current);
    const wait = (ms: number | null) => {
      clearTimeout(timer.current);
      latest.current.dueAtMs = ms === null ? Number.POSITIVE_INFINITY : Date.now() + ms;
      if (ms !== null) timer.current = setTimeout(ask, ms);
    };
    const answer = await askServer();
    if (answer === undefined) return wait(AFTER_FAILURE_MS);
    const next = stateAfter(answer, latest.current.state, { username, nowMs: Date.now() });
    latest.current.state = next;
    setState(next);
    wait(askAgainMs(answer));
  }, [username]);

  useEffect(() => {
    const waitMs = firstWaitMs.current ?? 0;
    latest.current.dueAtMs = Date.now() + waitMs;
    timer.current = setTimeout(ask, waitMs);
    const tabs = new BroadcastChannel(CHANNEL);
    channel.current = tabs;
    // A page that has just come is activity; who waits for some asks what it changed.
    tabs.postMessage("active");
    tabs.onmessage = () => {
      if (latest.current.state.status !== "fine") ask();
    };
    // Timers stand still while a computer sleeps, and in pages that the browser put aside.
    const handleReturn = () => {
      const { state: known, dueAtMs } = latest.current;
      if (known.status !== "fine" || Date.now() >= dueAtMs) ask();
    };
    const handleVisibility = () => document.visibilityState === "visible" && handleReturn();
    document.addEventListener("visibilitychange", handleVisibility);
    window.addEventListener("focus", handleReturn);
    window.addEventListener("pageshow", handleReturn);
    window.addEventListener("online", handleReturn);
    return () => {
      clearTimeout(timer.current);
      tabs.close();
      document.removeEventListener("visibilitychange", handleVisibility);
      window.removeEventListener("focus", handleReturn);
      window.removeEventListener("pageshow", handleReturn);
      window.removeEventListener("online", handleReturn);
    };
  }, [ask]);

  /** After something that the server counts as activity. */
  const noteActivity = useCallback(async () => {
    await ask();
    channel.current?.postMessage("active");
  }, [ask]);

  return { state, ask, noteActivity };
}

// Undefined when the server could not say.
async function askServer(): Promise<TimeLeft | null | undefined> {
  try {
    const answer = await fetch(ASK_AT, { cache: "no-store" });
    return answer.ok ? ((await answer.json()) as { left: TimeLeft | null }).left : undefined;
  } catch {
    return undefined;
  }
}
