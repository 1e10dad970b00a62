import type { SettingView } from "@/components/settings/setting-view";
import { SETTINGS, type SettingDefinition } from "@/domain/settings/definitions";
import type { Setting } from "@/domain/settings/setting";

/** A setting as the page shows it; `longerLived` of a maximum only. */
export function toSettingView(
  setting: Setting,
  changed: { actorName: string; at: Date } | undefined,
  longerLived: number | undefined,
): SettingView {
  const { title, group, meaning, values }: SettingDefinition = SETTINGS[setting.name];
  const { name, value, resourceVersion } = setting;
  return {
    name,
    title,
    group,
    meaning,
    range:
      values.type === "integer" ? { unit: values.unit, min: values.min, max: values.max } : null,
    value,
    usual: setting.default,
    resourceVersion,
    changed: changed ? { by: changed.actorName, at: changed.at } : null,
    longerLived: longerLived ?? null,
  };
}
