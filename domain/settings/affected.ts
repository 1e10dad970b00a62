import type { Affected } from "@/db/setting-effects";
import type { SettingName } from "./definitions";

const MINUTE_MS = 60_000;

/** The settings that bound a lifetime, and of what. */
export const MAXIMA = {
  "auth-token-max-ttl-minutes": "tokens",
  "auth-user-session-ttl-minutes": "sessions",
} as const;

export type MaximumName = keyof typeof MAXIMA;

export function isMaximumName(name: string): name is MaximumName {
  return Object.hasOwn(MAXIMA, name);
}

/** The ttl that a maximum allows; null is any. */
export function ttlMsOf(value: string): number | null {
  return Number(value) > 0 ? Number(value) * MINUTE_MS : null;
}

/** The tokens that a setting touches when its value is changed from one to another. */
export function affectedBy(name: SettingName, from: string, to: string): Affected | undefined {
  if (isMaximumName(name)) {
    const ttlMs = ttlMsOf(to);
    return ttlMs === null ? undefined : { kind: "longer-lived", of: MAXIMA[name], ttlMs };
  }
  if (name === "auth-user-session-idle-ttl-minutes") {
    // Between the two limits: they end at once, or work again.
    const [least = 0, most = 0] = [Number(from), Number(to)].toSorted((a, b) => a - b);
    return { kind: "idle-between", fromMs: least * MINUTE_MS, toMs: most * MINUTE_MS };
  }
  return name === "token-retention-days" ? { kind: "expired-longer", days: Number(to) } : undefined;
}
