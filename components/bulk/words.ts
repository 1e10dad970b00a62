import type { BulkAction, BulkCount } from "./actions";

/** An action as a command, as what has happened, and as what is happening. */
export const BULK_WORDS: Record<BulkAction, { do: string; done: string; doing: string }> = {
  disable: { do: "Disable", done: "disabled", doing: "Disabling" },
  enable: { do: "Enable", done: "enabled", doing: "Enabling" },
  delete: { do: "Delete", done: "deleted", doing: "Deleting" },
  extend: { do: "Extend", done: "extended", doing: "Extending" },
  shorten: { do: "Shorten", done: "shortened", doing: "Shortening" },
};

/** `1 token`, `12,345 tokens`, `10,000+ tokens`. */
export function tokensText(count: number, isMore = false): string {
  const number = `${count.toLocaleString("en")}${isMore ? "+" : ""}`;
  return `${number} token${count === 1 && !isMore ? "" : "s"}`;
}

/** How many, `some` where nobody knows, or null for none. */
export function someText(count: BulkCount): string | null {
  if (count === null) return "too many to count in time";
  if (count.count === 0) return null;
  return `${count.count.toLocaleString("en")}${count.isMore ? "+" : ""}`;
}
