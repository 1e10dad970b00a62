import { SETTINGS, type SettingName } from "./definitions";

/** One setting as it is in force. */
export interface Setting {
  name: SettingName;
  value: string;
  default: string;
  /** "0" while it was never changed. */
  resourceVersion: string;
  /** Null while it was never changed. */
  updatedAt: Date | null;
}

interface StoredSetting {
  value: string;
  resourceVersion: number;
  updatedAt: Date;
}

export function toSetting(name: SettingName, stored: StoredSetting | undefined): Setting {
  return {
    name,
    value: stored?.value ?? SETTINGS[name].default,
    default: SETTINGS[name].default,
    resourceVersion: String(stored?.resourceVersion ?? 0),
    updatedAt: stored?.updatedAt ?? null,
  };
}
