import { z } from "zod";

const VALUE_LENGTH_MAX = 64;

const value = z
  .string('must be text, such as "90" or "true"')
  .max(VALUE_LENGTH_MAX, `must have at most ${VALUE_LENGTH_MAX} characters`);

export const updateSettingInput = z.object({
  value: value.nullish().describe("The value in force. Empty puts the default back."),
  resourceVersion: z.string("must be text").nullish(),
});

/** The value that a maximum is expected to have. */
export const shortenInput = z.object({ value });
