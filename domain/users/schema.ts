import { z } from "zod";
import { wellFormedText } from "../tokens/schema";

const username = wellFormedText
  .max(128, "must have at most 128 characters")
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._@+-]*$/u,
    "must begin with a letter or digit and have only letters, digits and . _ @ + - after it",
  );

export const createUserInput = z.object({
  username,
  role: z.enum(["user", "verifier", "admin"], "must be user, verifier or admin").default("user"),
  password: wellFormedText.optional(),
});

export const changePasswordInput = z.object({
  username: wellFormedText,
  password: wellFormedText.optional(),
});

export const setUserEnabledInput = z.object({
  username: wellFormedText,
  enabled: z.boolean("must be true or false"),
});

/** Anything a person may type; whether it is right is only told by the sign-in itself. */
export const signInInput = z.object({
  username: wellFormedText.min(1, "must be filled in").max(256, "must have at most 256 characters"),
  password: wellFormedText
    .min(1, "must be filled in")
    .max(1_024, "must have at most 1024 characters"),
});
