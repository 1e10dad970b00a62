import { z } from "zod";

export const updateSettingInput = z.object({
  value: z
    .string('must be text, such as "90" or "true"')
    .max(64, "must have at most 64 characters")
    .nullish()
    .describe("The value in force. Empty puts the default back."),
  resourceVersion: z.string("must be text").nullish(),
});
