export type Role = "user" | "verifier" | "admin";

/** Where a request came from, for the audit trail and the last use of a token. */
export interface Origin {
  requestId: string | null;
  address: string | null;
  userAgent: string | null;
  /** The request came by a console's cookie: there is a person who can be asked for proof. */
  isBrowser?: boolean;
}

/** A person or program that presented a token of a user. */
export interface UserActor {
  kind: "user";
  userId: string;
  username: string;
  role: Role;
  tokenName: string;
  tokenExpiresAt: Date | null;
  origin: Origin;
}

/** Latchkey itself or its operator at the command line: has no user, so it can own no token. */
export interface SystemActor {
  kind: "system";
  username: string;
  origin: Origin;
}

export type Actor = UserActor | SystemActor;

const NO_ORIGIN: Origin = { requestId: null, address: null, userAgent: null };

export function operatorActor(): SystemActor {
  return { kind: "system", username: "system:operator", origin: NO_ORIGIN };
}

export function isAdmin(actor: Actor): boolean {
  return actor.kind === "user" && actor.role === "admin";
}
