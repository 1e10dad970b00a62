"use client";

import { useEffect, useState } from "react";

const TICK_MS = 5_000;

/** The reader's clock, moved on every few seconds. For what is rendered in the browser alone. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
