import { z } from "zod";
import { SETTINGS, type SettingDefinition } from "@/domain/settings/definitions";
import { updateSettingInput } from "@/domain/settings/schema";
import { listMeta, objectMeta, typeMeta } from "./object-meta";

const input = updateSettingInput.shape;

/** `management.cattle.io/v3` Setting as it is on the wire. */
export const settingKind = z
  .object({
    ...typeMeta,
    metadata: objectMeta
      .nullish()
      .describe("The name and the version of the setting, which has no labels and no annotations."),
    value: input.value,
    default: input.default,
  })
  .describe(
    `Setting is one of the rules that administrators set for everybody, in force on every process within two seconds. A setting is changed, never created or deleted. They are, with their defaults:\n${Object.entries(SETTINGS).map(describe).join("\n")}`,
  );

export const settingListKind = z
  .object({
    ...typeMeta,
    metadata: listMeta.optional().describe("The version and the next page of the list."),
    items: z.array(settingKind).describe("The settings of this page, by name."),
  })
  .describe("SettingList is a list of settings.");

function describe([name, definition]: [string, SettingDefinition]): string {
  return ` - ${name} (${definition.default}): ${definition.meaning}`;
}
