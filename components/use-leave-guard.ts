"use client";

import { useCallback, useEffect, useRef } from "react";

interface Leaving {
  /** The reader tried to leave while the guard was active. */
  onRefused: () => void;
  /** The reader left: by `leave`, or by going back once the guard was off. */
  onLeft: () => void;
}

/**
 * While active, going back calls `onRefused` and stays, and reloading or closing the tab asks
 * first. Returns `leave`, which takes back the history entry of the guard before `onLeft`.
 */
export function useLeaveGuard(active: boolean, { onRefused, onLeft }: Leaving): () => void {
  const latest = useRef({ active, onRefused, onLeft });
  const isLeaving = useRef(false);
  useEffect(() => {
    latest.current = { active, onRefused, onLeft };
  });

  useEffect(() => {
    // One extra entry of the same address: the first Back only takes it away, and we put it again.
    window.history.pushState(null, "", window.location.href);
    const handlePopState = () => {
      if (isLeaving.current || !latest.current.active) return latest.current.onLeft();
      window.history.pushState(null, "", window.location.href);
      latest.current.onRefused();
    };
    const handleBeforeUnload = (event: BeforeUnloadEvent) => {
      if (latest.current.active) event.preventDefault();
    };
    window.addEventListener("popstate", handlePopState);
    window.addEventListener("beforeunload", handleBeforeUnload);
    return () => {
      window.removeEventListener("popstate", handlePopState);
      window.removeEventListener("beforeunload", handleBeforeUnload);
    };
  }, []);

  return useCallback(() => {
    isLeaving.current = true;
    window.history.back();
  }, []);
}
