import { query } from "@/db/client";
import { countAffected } from "@/db/setting-effects";
import { countWithoutIdentity } from "@/db/users";
import type { Actor } from "../actor";
import { affectedBy } from "./affected";
import { judgeSetting } from "./judge";
import { requireSettingsReader } from "./policy";
import type { Setting } from "./setting";

/** No more are counted: beyond it, a count says "more than". */
export const COUNT_MAX = 10_000;

/** What a new value touches. Counts are COUNT_MAX at most. */
export type SettingEffect =
  /** They keep their lifetime unless they are shortened, which would end some of them. */
  | {
      kind: "longer-lived";
      of: "tokens" | "sessions";
      count: number;
      ending: number;
      /** Used within the last seven days. */
      endingInUse: number;
    }
  /** Sign-ins that end at once. */
  | { kind: "idle-ended"; count: number }
  /** Sign-ins that have ended by being idle and work again. */
  | { kind: "idle-revived"; count: number }
  /** Expired tokens that are removed. */
  | { kind: "expired-removed"; count: number }
  /** Users who could not sign in any more. */
  | { kind: "locked-out"; count: number }
  | { kind: "none" };

export interface SettingPreview {
  /** As it is in force. */
  stored: Setting;
  /** The value that would be. */
  wanted: string;
  effect: SettingEffect;
}

/** Counts what a setting's new value would touch. Refuses as updateSetting; stores nothing. */
export async function previewSetting(
  actor: Actor,
  name: string,
  input: unknown,
): Promise<SettingPreview> {
  requireSettingsReader(actor);
  const { stored, wanted } = await query((db) => judgeSetting(db, name, input));
  return { stored, wanted, effect: await effectOf(stored, wanted) };
}

async function effectOf({ name, value }: Setting, wanted: string): Promise<SettingEffect> {
  if (name === "local-sign-in" && wanted === "false") {
    return { kind: "locked-out", count: await query((db) => countWithoutIdentity(db)) };
  }
  const affected = affectedBy(name, value, wanted);
  if (!affected) return { kind: "none" };
  const { count, ending, endingInUse } = await query((db) =>
    countAffected(db, affected, COUNT_MAX),
  );
  switch (affected.kind) {
    case "longer-lived":
      return { kind: affected.kind, of: affected.of, count, ending, endingInUse };
    case "idle-between": {
      const isLowered = Number(wanted) < Number(value);
      return { kind: isLowered ? "idle-ended" : "idle-revived", count };
    }
    case "expired-longer":
      return { kind: "expired-removed", count };
  }
}
