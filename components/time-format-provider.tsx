"use client";

import { createContext, type ReactNode, useContext } from "react";
import { BROWSER_FORMAT, type TimeFormat } from "./time-format";

const TimeFormatContext = createContext(BROWSER_FORMAT);

/** How the reader wants exact times written, for everything inside. */
export function TimeFormatProvider({
  format,
  children,
}: {
  format: TimeFormat;
  children: ReactNode;
}) {
  return <TimeFormatContext value={format}>{children}</TimeFormatContext>;
}

export function useTimeFormat(): TimeFormat {
  return useContext(TimeFormatContext);
}
