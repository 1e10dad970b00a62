import { z } from "zod";

export const updateSettingInput = z.object({
  value: z
    .string('must be text, such as "90" or "true"')
    .max(64, "must have at most 64 characters")
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
