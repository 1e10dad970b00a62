import { z } from "zod";
import { wellFormedText } from "../tokens/schema";

const BULK_ACTIONS = ["disable", "enable", "delete", "extend", "shorten"] as const;
const NAMES_MAX = 2_000;
const NAME_LENGTH_MAX = 64;
const QUERY_LENGTH_MAX = 4_096;
const REASON_LENGTH_MAX = 500;

const selection = z.object({
  /** Everybody's tokens, or one's own. */
  scope: z.enum(["own", "all"], "must be own or all"),
  action: z.enum(BULK_ACTIONS, `must be one of ${BULK_ACTIONS.join(", ")}`),
  names: z
    .array(wellFormedText.max(NAME_LENGTH_MAX, "is no name of a token"), "must be a list of names")
    .min(1, "must name a token")
    .max(NAMES_MAX, `must have at most ${NAMES_MAX} names`)
    .nullish(),
  /** A filter as the list has it in its address. */
  query: wellFormedText.max(QUERY_LENGTH_MAX, "is too long").nullish(),
  /** When an extended or shortened token ends. */
  expiresAt: z.union([z.literal("never"), z.iso.datetime()], "must be a time or never").nullish(),
});

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function check(given: z.output<typeof selection>, context: z.RefinementCtx): void {
  const problem = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (isGiven(given.names) === isGiven(given.query)) {
    problem("names", "must be names or a query, and not both");
  }
  const isExpiryChanged = given.action === "extend" || given.action === "shorten";
  if (isExpiryChanged && !given.expiresAt) problem("expiresAt", "must be a time or never");
  if (given.action === "shorten" && given.expiresAt === "never") {
    problem("expiresAt", "must be a time");
  }
}

export const previewInput = selection.superRefine(check);

export const startInput = selection
  .extend({
    asOfSeq: z
      .number("must be a number")
      .int("must be a whole number")
      .min(0, "must not be below 0"),
    reason: wellFormedText
      .trim()
      .max(REASON_LENGTH_MAX, `must have at most ${REASON_LENGTH_MAX} characters`)
      .nullish(),
  })
  .superRefine(check);
