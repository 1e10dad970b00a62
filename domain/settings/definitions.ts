/** What a setting may be; `unit` is also the last word of its name. */
export interface SettingDefinition {
  /** What people call it, and under what it is shown. */
  title: string;
  group: "Tokens" | "Sign-ins" | "Passwords" | "Records";
  default: string;
  /** What it does, for the people who change it. */
  meaning: string;
  values:
    | { type: "integer"; unit: "minutes" | "days" | "characters"; min: number; max: number }
    | { type: "boolean" };
}

const MINUTES_MAX = 525_600_000;

/** Every setting there is (semantics section 8), in the order in which they are shown. */
export const SETTINGS = {
  "auth-token-max-ttl-minutes": {
    title: "Longest lifetime of a token",
    group: "Tokens",
    default: "129600",
    meaning:
      "The longest and default lifetime of a new token. 0 or less is no maximum. Tokens that exist keep theirs.",
    values: { type: "integer", unit: "minutes", min: -1, max: MINUTES_MAX },
  },
  "tokens-may-create-tokens": {
    title: "Tokens may create tokens",
    group: "Tokens",
    default: "true",
    meaning:
      "Whether a request with a token, such as one of kubectl, may create tokens. Without it they are created in the console alone.",
    values: { type: "boolean" },
  },
  "auth-user-session-ttl-minutes": {
    title: "Lifetime of a sign-in",
    group: "Sign-ins",
    default: "960",
    meaning: "How long a sign-in lasts at most. Sign-ins that exist keep their end.",
    values: { type: "integer", unit: "minutes", min: 1, max: 525_600 },
  },
  "auth-user-session-idle-ttl-minutes": {
    title: "Idle limit of a sign-in",
    group: "Sign-ins",
    default: "960",
    meaning:
      "After how long without a request a sign-in ends. Not above the lifetime of a sign-in.",
    values: { type: "integer", unit: "minutes", min: 1, max: 525_600 },
  },
  "local-sign-in": {
    title: "Sign-in with a password",
    group: "Passwords",
    default: "true",
    meaning:
      "Whether people may sign in with a password. Can be switched off once an administrator signs in through the identity provider.",
    values: { type: "boolean" },
  },
  "password-min-length": {
    title: "Shortest password",
    group: "Passwords",
    default: "15",
    meaning: "How long a new local password must be. Passwords that exist stay.",
    values: { type: "integer", unit: "characters", min: 8, max: 128 },
  },
  "token-retention-days": {
    title: "Expired tokens are kept",
    group: "Records",
    default: "30",
    meaning:
      "How long an expired token stays in the lists. Then it is removed; its audit trail stays.",
    values: { type: "integer", unit: "days", min: 1, max: 3_650 },
  },
  "audit-retention-days": {
    title: "Audit events are kept",
    group: "Records",
    default: "400",
    meaning: "How long audit events are kept at least.",
    values: { type: "integer", unit: "days", min: 1, max: 36_500 },
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof SETTINGS;

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** Why a value will not do for a setting by itself, or null. */
export function valueProblem(name: SettingName, value: string): string | null {
  const { values }: SettingDefinition = SETTINGS[name];
  if (values.type === "boolean") {
    return value === "true" || value === "false" ? null : "must be true or false";
  }
  const { min, max, unit } = values;
  const number = Number(value);
  const isWithin = /^-?\d{1,12}$/.test(value) && number >= min && number <= max;
  return isWithin ? null : `must be a whole number of ${unit} from ${min} to ${max}`;
}
