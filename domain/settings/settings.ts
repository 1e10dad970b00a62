import type { Executor } from "@/db/client";
import { readSettings } from "@/db/settings";
import { SETTINGS, type SettingName } from "./definitions";

const MINUTE_MS = 60_000;

export interface Settings {
  /** The longest and default ttl of a new token; null is no maximum. */
  ttlMsMax: number | null;
  sessionTtlMs: number;
  sessionIdleMs: number;
  passwordLengthMin: number;
  tokenRetentionDays: number;
  auditRetentionDays: number;
  tokensMayCreateTokens: boolean;
  localSignIn: boolean;
}

/** The settings in force (semantics section 8), read from the database each time. */
export async function currentSettings(db: Executor): Promise<Settings> {
  return settingsFrom(await readSettings(db));
}

/** The settings in force, from what is stored of them. */
export function settingsFrom(stored: ReadonlyMap<string, string>): Settings {
  const text = (name: SettingName) => stored.get(name) ?? SETTINGS[name].default;
  const value = (name: SettingName) => Number(text(name));
  const maxMinutes = value("auth-token-max-ttl-minutes");
  return {
    ttlMsMax: maxMinutes > 0 ? maxMinutes * MINUTE_MS : null,
    sessionTtlMs: value("auth-user-session-ttl-minutes") * MINUTE_MS,
    sessionIdleMs: value("auth-user-session-idle-ttl-minutes") * MINUTE_MS,
    passwordLengthMin: Math.max(value("password-min-length"), 8),
    tokenRetentionDays: value("token-retention-days"),
    auditRetentionDays: value("audit-retention-days"),
    tokensMayCreateTokens: text("tokens-may-create-tokens") !== "false",
    localSignIn: text("local-sign-in") !== "false",
  };
}

/** How long a sign-in may be idle, from the stored text of its setting; null is the default. */
export function sessionIdleMs(stored: string | null): number {
  const minutes = Number(stored ?? SETTINGS["auth-user-session-idle-ttl-minutes"].default);
  return minutes * MINUTE_MS;
}
