import type { Role } from "../actor";

/** What may leave the server of a user; the password hash never does. */
export interface User {
  id: string;
  uid: string;
  username: string;
  displayName: string;
  role: Role;
  /** The role comes from a group at the identity provider. */
  roleFromGroup: boolean;
  enabled: boolean;
  /** Whether the user can sign in with a password. */
  hasPassword: boolean;
  createdAt: Date;
  resourceVersion: string;
}

type StoredUser = Omit<User, "hasPassword" | "resourceVersion"> & {
  passwordHash: string | null;
  resourceVersion: number;
};

export function toUser(row: StoredUser): User {
  return {
    id: row.id,
    uid: row.uid,
    username: row.username,
    displayName: row.displayName,
    role: row.role,
    roleFromGroup: row.roleFromGroup,
    enabled: row.enabled,
    hasPassword: row.passwordHash !== null,
    createdAt: row.createdAt,
    resourceVersion: String(row.resourceVersion),
  };
}
