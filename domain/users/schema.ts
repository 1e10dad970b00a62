import { z } from "zod";
import { wellFormedText } from "../tokens/schema";

const username = wellFormedText
  .max(128, "must have at most 128 characters")
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._@+-]*$/u,
    "must begin with a letter or digit and have only letters, digits and . _ @ + - after it",
  );

const displayName = wellFormedText.max(128, "must have at most 128 characters");
const role = z.enum(["user", "verifier", "admin"], "must be user, verifier or admin");
const enabled = z.boolean("must be true or false");

/** `null` counts as absent. */
export const createUserInput = z.object({
  username: username.describe(
    "The name the user signs in with. Required in a create request, unique in any case, at most 128 characters. Immutable.",
  ),
  displayName: displayName
    .nullish()
    .transform((text) => text ?? "")
    .describe("The name to show to people. At most 128 characters, empty by default."),
  role: role
    .nullish()
    .transform((given) => given ?? "user")
    .describe(
      "What the user may do: user (own tokens; the default), verifier (also check other people's) or admin (everything). Another role ends the user's sign-ins.",
    ),
  enabled: enabled
    .nullish()
    .transform((given) => given ?? true)
    .describe(
      "Whether the user and the user's tokens are let in; true by default. Disabling suspends every token at once and ends the sign-ins; enabling brings back the tokens that were enabled.",
    ),
  password: wellFormedText
    .nullish()
    .describe(
      "The first password, as the setting password-min-length wants it. Only in a create request: only its hash is stored, and it is never returned. Without it the user cannot sign in until an administrator has made a one-time link in the console.",
    ),
  /** No password at all: one is set through a one-time link, or never. */
  withoutPassword: z.boolean().optional(),
});

export const updateUserInput = z.object({
  username: wellFormedText.nullish(),
  displayName: displayName.nullish(),
  role: role.nullish(),
  enabled: enabled.nullish(),
  password: z.unknown().optional(),
  resourceVersion: z.string("must be text").nullish(),
});

export const listUsersInput = z.object({
  search: wellFormedText.max(256).optional(),
  role: role.optional(),
  enabled: enabled.optional(),
  /** Users whose id is every one of `is` and none of `isNot`. */
  named: z.object({ is: z.array(z.string()), isNot: z.array(z.string()) }).optional(),
  after: wellFormedText.max(512).optional(),
  before: wellFormedText.max(512).optional(),
});

export const ownPasswordInput = z.object({
  current: wellFormedText.max(1_024, "must have at most 1024 characters").optional(),
  password: wellFormedText.min(1, "must be filled in"),
});

export const linkedPasswordInput = z.object({
  secret: wellFormedText.max(128),
  password: wellFormedText.min(1, "must be filled in"),
});

export const changePasswordInput = z.object({
  username: wellFormedText,
  password: wellFormedText.optional(),
});

export const setUserEnabledInput = z.object({ username: wellFormedText, enabled });

/** Anything a person may type; whether it is right is only told by the sign-in itself. */
export const signInInput = z.object({
  username: wellFormedText.min(1, "must be filled in").max(256, "must have at most 256 characters"),
  password: wellFormedText
    .min(1, "must be filled in")
    .max(1_024, "must have at most 1024 characters"),
});

export const unlinkIdentityInput = z.object({ issuer: wellFormedText, subject: wellFormedText });

export const DATE_FORMATS = ["day-month", "month-day", "iso"] as const;

// An offset would be none: it has no summer time.
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

const emptyAsNull = (text: string) => (text === "" ? null : text);

/** Of one's own account. What is absent stays; an empty choice is the browser's own. */
export const ownAccountInput = z.object({
  displayName: wellFormedText
    .transform((text) => text.trim())
    .pipe(displayName)
    .optional(),
  timeZone: z
    .string("must be text")
    .refine((name) => name === "" || isTimeZone(name), "must be a time zone of the list")
    .transform(emptyAsNull)
    .optional(),
  dateFormat: z.enum(["", ...DATE_FORMATS], "must be a format of the list").optional(),
});
