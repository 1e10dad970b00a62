import { relativeTime } from "../time";
import type { TokenView } from "./token-view";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How hard stopping a token asks: not at all, a question, or its name typed. */
export type Friction = "none" | "question" | "typed-name";

/** In proportion to what would break: never used, used once, used within the last day. */
export function frictionOf(token: TokenView, now: Date): Friction {
  if (token.current) return "question";
  if (token.lastUsedAt === null || token.state === "expired") return "none";
  return now.getTime() - token.lastUsedAt.getTime() < DAY_MS ? "typed-name" : "question";
}

/** When and by whom a token was last used, as the sentence that the question leads with. */
export function lastUseText(token: TokenView, now: Date): string {
  if (token.lastUsedAt === null) return "It has never been used.";
  const from = token.lastUsedAddress ? ` from ${token.lastUsedAddress}` : "";
  const by = token.lastUsedUserAgent ? ` by ${token.lastUsedUserAgent}` : "";
  return `It was last used ${relativeTime(token.lastUsedAt, now)}${from}${by}.`;
}
