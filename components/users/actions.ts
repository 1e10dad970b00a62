import type { FormAction, FormState } from "../form-state";

/** A link that sets a password once: shown once, it lives in its dialog's state and nowhere else. */
export interface PasswordLink {
  secret: string;
  expiresAt: Date;
}

export interface CreatedUser {
  id: string;
  username: string;
  /** Null when a password was given, or when no link could be made. */
  link: PasswordLink | null;
}

/** What stops when a user is disabled or deleted. A count of `countMax` is at least that many. */
export interface Impact {
  tokens: number;
  /** Those used within a week. */
  tokensInUse: number;
  sessions: number;
  countMax: number;
  lastUsed: readonly { name: string; description: string; lastUsedAt: Date }[];
}

/** The server actions of the users' pages, given to components as props. */
export interface UserActions {
  create: FormAction<CreatedUser>;
  update: FormAction;
  setEnabled: (id: string, enabled: boolean) => Promise<FormState>;
  remove: (id: string) => Promise<FormState>;
  createLink: (id: string) => Promise<FormState<PasswordLink>>;
  /** Ends all sign-ins; tells how many there were. */
  endSessions: (id: string) => Promise<FormState<number>>;
  endSession: (tokenName: string) => Promise<FormState>;
  liftLock: (id: string) => Promise<FormState>;
  impact: (id: string) => Promise<FormState<Impact>>;
}
