"use client";

import { useDraft } from "../update/drafts";
import { DEFAULT_TTL_MS, type DurationUnit } from "./expiry-options";

/** The choice of an expiry as it is made, kept under `draft` when the page is loaded anew. */
export function useExpiryDraft(draft: string, offered: string[]) {
  const [wanted, setValue] = useDraft(`${draft}.expiry`, () => initialValue(offered));
  // What was chosen before the page was loaded anew may be offered no more.
  const value = offered.includes(wanted) ? wanted : initialValue(offered);
  const [amount, setAmount] = useDraft(`${draft}.amount`, "12");
  const [unit, setUnit] = useDraft(`${draft}.unit`, "hours");
  const [date, setDate] = useDraft(`${draft}.date`, "");
  const choice = { value, amount, unit: unit as DurationUnit, date };
  return { choice, setValue, setAmount, setUnit, setDate };
}

function initialValue(values: string[]): string {
  const wanted = ["keep", String(DEFAULT_TTL_MS), "latest"];
  return wanted.find((value) => values.includes(value)) ?? values[0] ?? "duration";
}
