import { z } from "zod";

const VALUE_LENGTH_MAX = 64;

const value = z
  .string('must be text, such as "90" or "true"')
  .max(VALUE_LENGTH_MAX, `must have at most ${VALUE_LENGTH_MAX} characters`);

export const updateSettingInput = z.object({
  value: value
    .nullish()
    .describe(
      'The value in force, as text: "90" or "true". Empty puts the default back. A value that does not go with the other settings is refused.',
    ),
  default: z
    .string("must be text")
    .nullish()
    .describe("The value while nobody has set another. Read-only."),
  resourceVersion: z.string("must be text").nullish(),
});

/** The value that a maximum is expected to have. */
export const shortenInput = z.object({ value });
