import { query } from "@/db/client";
import { listIdentities } from "@/db/identities";
import { countAffected } from "@/db/setting-effects";
import { findToken } from "@/db/tokens";
import { countWithoutIdentity } from "@/db/users";
import type { Actor } from "../actor";
import { isLonger } from "../tokens/lifecycle";
import { affectedBy } from "./affected";
import { judgeSetting } from "./judge";
import { requireSettingsReader } from "./policy";
import type { Setting } from "./setting";

/** No more are counted: beyond it, a count says "more than". */
export const COUNT_MAX = 10_000;

/** What a new value touches. Counts are COUNT_MAX at most. */
type SettingEffect =
  /** They keep their lifetime unless they are shortened, which would end some of them. */
  | {
      kind: "longer-lived";
      of: "tokens" | "sessions";
      count: number;
      ending: number;
      /** Used within the last seven days. */
      endingInUse: number;
      /** Whether the actor's own sign-in would end. */
      endsOwn: boolean;
    }
  /** Sign-ins that end at once. */
  | { kind: "idle-ended"; count: number }
  /** Sign-ins that have ended by being idle and work again. */
  | { kind: "idle-revived"; count: number }
  /** Expired tokens that are removed. */
  | { kind: "expired-removed"; count: number }
  /** Users who could not sign in any more, the actor too or not. */
  | { kind: "locked-out"; count: number; includesOwn: boolean }
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
  return { stored, wanted, effect: await effectOf(actor, stored, wanted) };
}

async function effectOf(
  actor: Actor,
  { name, value }: Setting,
  wanted: string,
): Promise<SettingEffect> {
  if (name === "local-sign-in" && wanted === "false") return lockedOut(actor);
  const affected = affectedBy(name, value, wanted);
  if (!affected) return { kind: "none" };
  const counts = await query((db) => countAffected(db, affected, COUNT_MAX));
  const { count } = counts;
  switch (affected.kind) {
    case "longer-lived": {
      const { kind, of, ttlMs } = affected;
      const endsOwn = of === "sessions" && (await isOlder(actor, ttlMs));
      return { kind, of, ...counts, endsOwn };
    }
    case "idle-between": {
      const isLowered = Number(wanted) < Number(value);
      return { kind: isLowered ? "idle-ended" : "idle-revived", count };
    }
    case "expired-longer":
      return { kind: "expired-removed", count };
  }
}

async function lockedOut(actor: Actor): Promise<SettingEffect> {
  const count = await query((db) => countWithoutIdentity(db));
  if (actor.kind === "system") return { kind: "locked-out", count, includesOwn: false };
  const own = await query((db) => listIdentities(db, actor.userId));
  return { kind: "locked-out", count, includesOwn: own.length === 0 };
}

async function isOlder(actor: Actor, ttlMs: number): Promise<boolean> {
  if (actor.kind === "system") return false;
  const own = await query((db) => findToken(db, actor.tokenName, { ownerId: actor.userId }));
  if (!own || !isLonger(own.ttlMs, ttlMs)) return false;
  return own.createdAt.getTime() + ttlMs < own.readAt.getTime();
}
