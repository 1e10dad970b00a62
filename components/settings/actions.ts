import type { FormState } from "../form-state";

/** What is asked of the server: a value for a setting as it was when it was shown. */
export interface SettingChange {
  name: string;
  /** Empty is the default. */
  value: string;
  resourceVersion: string;
}

/** What a value would touch; counts end at `countMax`. */
export type EffectView =
  | {
      kind: "longer-lived";
      of: "tokens" | "sessions";
      count: number;
      ending: number;
      endingInUse: number;
      endsOwn: boolean;
    }
  | { kind: "idle-ended" | "idle-revived" | "expired-removed"; count: number }
  | { kind: "locked-out"; count: number; includesOwn: boolean }
  | { kind: "none" };

export interface PreviewView {
  /** The value in force, and the one that would be. */
  value: string;
  wanted: string;
  effect: EffectView;
  countMax: number;
}

export interface ShortenedView {
  shortened: number;
  ended: number;
  remaining: number;
}

/** The server actions of the settings, given to components as props. */
export interface SettingActions {
  preview: (change: SettingChange) => Promise<FormState<PreviewView>>;
  update: (change: SettingChange) => Promise<FormState>;
  shorten: (maximum: { name: string; value: string }) => Promise<FormState<ShortenedView>>;
}
