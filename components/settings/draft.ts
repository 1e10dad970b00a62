import { MINUTES, type MinutesUnit, type SettingView, unitOf } from "./setting-view";

/** What is typed, before it is a value. */
export interface Draft {
  amount: string;
  unit: MinutesUnit;
  /** There is no maximum. */
  isUnlimited: boolean;
  isAllowed: boolean;
}

/** Whether a setting can be without a maximum. */
export function canBeUnlimited({ range }: SettingView): boolean {
  return range?.unit === "minutes" && range.min <= 0;
}

export function toDraft(setting: SettingView, value: string): Draft {
  const isAllowed = value === "true";
  const isUnlimited = canBeUnlimited(setting) && Number(value) <= 0;
  if (setting.range?.unit !== "minutes" || isUnlimited) {
    return { amount: isUnlimited ? "" : value, unit: "days", isUnlimited, isAllowed };
  }
  const unit = unitOf(Number(value));
  return { amount: String(Number(value) / MINUTES[unit]), unit, isUnlimited, isAllowed };
}

/** The value that a draft stands for; what is no number stays as typed, for the server to refuse. */
export function toValue(setting: SettingView, draft: Draft): string {
  if (!setting.range) return String(draft.isAllowed);
  if (draft.isUnlimited) return "0";
  const text = draft.amount.trim();
  if (setting.range.unit !== "minutes" || !/^-?\d{1,9}(\.\d{1,6})?$/.test(text)) return text;
  return String(Number(text) * MINUTES[draft.unit]);
}
