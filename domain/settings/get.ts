import { query } from "@/db/client";
import { currentSettings, type Settings } from "./settings";

/** The settings in force. Everybody may know them: forms offer only what they allow. */
export function getSettings(): Promise<Settings> {
  return query((db) => currentSettings(db));
}
