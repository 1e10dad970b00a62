import type { Executor } from "@/db/client";
import { readSettings } from "@/db/settings";

const MINUTE_MS = 60_000;

const DEFAULTS = {
  "auth-token-max-ttl-minutes": 129_600,
  "auth-user-session-ttl-minutes": 960,
  "auth-user-session-idle-ttl-minutes": 960,
  "password-min-length": 15,
} as const;
type Name = keyof typeof DEFAULTS;

export interface Settings {
  /** The longest and default ttl of a new token; null is no maximum. */
  ttlMsMax: number | null;
  sessionTtlMs: number;
  passwordLengthMin: number;
}

/** The settings in force (semantics section 8), read from the database each time. */
export async function currentSettings(db: Executor): Promise<Settings> {
  const stored = await readSettings(db);
  const value = (name: Name) => numberOf(name, stored.get(name));
  const maxMinutes = value("auth-token-max-ttl-minutes");
  return {
    ttlMsMax: maxMinutes > 0 ? maxMinutes * MINUTE_MS : null,
    sessionTtlMs: value("auth-user-session-ttl-minutes") * MINUTE_MS,
    passwordLengthMin: Math.max(value("password-min-length"), 8),
  };
}

/** How long a sign-in may be idle, from the stored text of its setting; null is the default. */
export function sessionIdleMs(stored: string | null): number {
  return numberOf("auth-user-session-idle-ttl-minutes", stored ?? undefined) * MINUTE_MS;
}

function numberOf(name: Name, stored: string | undefined): number {
  return stored === undefined ? DEFAULTS[name] : Number(stored);
}
