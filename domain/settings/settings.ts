import type { Executor } from "@/db/client";
import { readSettings } from "@/db/settings";

const MINUTE_MS = 60_000;

const DEFAULTS = {
  "auth-token-max-ttl-minutes": 129_600,
  "auth-user-session-ttl-minutes": 960,
  "auth-user-session-idle-ttl-minutes": 960,
  "password-min-length": 15,
} as const;

export interface Settings {
  /** The longest and default ttl of a new token; null is no maximum. */
  ttlMsMax: number | null;
  sessionTtlMs: number;
  sessionIdleMs: number;
  passwordLengthMin: number;
}

/** The settings in force (semantics section 8), read from the database each time. */
export async function currentSettings(db: Executor): Promise<Settings> {
  const stored = await readSettings(db);
  const value = (name: keyof typeof DEFAULTS) => {
    const text = stored.get(name);
    return text === undefined ? DEFAULTS[name] : Number(text);
  };
  const maxMinutes = value("auth-token-max-ttl-minutes");
  return {
    ttlMsMax: maxMinutes > 0 ? maxMinutes * MINUTE_MS : null,
    sessionTtlMs: value("auth-user-session-ttl-minutes") * MINUTE_MS,
    sessionIdleMs: value("auth-user-session-idle-ttl-minutes") * MINUTE_MS,
    passwordLengthMin: Math.max(value("password-min-length"), 8),
  };
}
