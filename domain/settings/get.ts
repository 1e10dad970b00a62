import { isFeedCurrent, onChange } from "@/db/change-feed";
import { query } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { currentSettings, type Settings } from "./settings";

const known = processWide("settings", () => {
  const state = { settings: undefined as Settings | undefined, changes: 0 };
  onChange(({ kind }) => {
    if (kind !== "settings" && kind !== "gap") return;
    state.settings = undefined;
    state.changes += 1;
  });
  return state;
});

/**
 * The settings in force. Everybody may know them: forms offer only what they allow. Kept in memory
 * while this process hears of every change.
 */
export async function getSettings(): Promise<Settings> {
  if (known.settings && isFeedCurrent()) return known.settings;
  const { changes } = known;
  const settings = await query((db) => currentSettings(db));
  if (known.changes === changes && isFeedCurrent()) known.settings = settings;
  return settings;
}
