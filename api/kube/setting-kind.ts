import { SETTINGS as DEFINITIONS } from "@/domain/settings/definitions";
import type { Setting } from "@/domain/settings/setting";
import { humanDuration } from "./human-duration";
import type { Kind } from "./kind";
import { settingKind, settingListKind } from "./kinds/setting";
import { refuseLabels } from "./unlabelled";

/** `settings.management.cattle.io`, for administrators. */
export const SETTINGS: Kind<Setting> = {
  group: "management.cattle.io",
  version: "v3",
  name: "settings",
  singularName: "setting",
  kind: "Setting",
  verbs: ["get", "list", "patch", "update"],
  schema: settingKind,
  listSchema: settingListKind,
  fieldPaths: { resourceVersion: "metadata.resourceVersion" },
  columns: [
    {
      name: "Name",
      description: "The name of the setting.",
      format: "name",
      cell: (setting) => setting.name,
    },
    { name: "Value", description: "The value in force.", cell: (setting) => setting.value },
    {
      name: "Default",
      description: "The value while nobody sets another.",
      cell: (setting) => setting.default,
    },
    {
      name: "Changed",
      description: "The time since the last change.",
      cell: ({ updatedAt }, now) =>
        updatedAt ? humanDuration(now.getTime() - updatedAt.getTime()) : "never",
    },
    {
      name: "Meaning",
      description: "What the setting does.",
      wideOnly: true,
      cell: (setting) => DEFINITIONS[setting.name].meaning,
    },
  ],
  toResource: (setting) => ({
    apiVersion: "management.cattle.io/v3",
    kind: "Setting",
    // It has always been there: a setting is neither created nor deleted.
    metadata: {
      name: setting.name,
      resourceVersion: setting.resourceVersion,
      creationTimestamp: null,
    },
    value: setting.value,
    default: setting.default,
  }),
  toUpdateInput: (body) => {
    refuseLabels(SETTINGS, body);
    const { resourceVersion } = body.metadata;
    return { value: body.value, default: body.default, resourceVersion };
  },
};
