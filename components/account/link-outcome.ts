/** How the way to the identity provider ended, and what is said of it. */
export const LINK_OUTCOMES = {
  linked: "The identity is linked: you can sign in with it from now on.",
  "provider-unavailable": "The identity provider does not answer. Try again in a moment.",
  "provider-refused":
    "The identity was not linked. The sign-in there was not completed, or the identity belongs to another account here.",
  "proof-required": "Confirm that it is you first, then link the identity.",
} as const;

export type LinkOutcome = keyof typeof LINK_OUTCOMES;

/** What an address of the account page tells of it, or null. */
export function toLinkOutcome(params: { linked?: unknown; error?: unknown }): LinkOutcome | null {
  const { linked, error } = params;
  if (linked !== undefined) return "linked";
  return typeof error === "string" && Object.hasOwn(LINK_OUTCOMES, error)
    ? (error as LinkOutcome)
    : null;
}
