import type { Role } from "@/domain/actor";
import type { User } from "@/domain/users/user";

/** What the console shows of a user, and nothing more: it is written into the page. */
export interface UserView {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  roleFromGroup: boolean;
  enabled: boolean;
  hasPassword: boolean;
  createdAt: Date;
  resourceVersion: string;
  /** The person who looks is this user. */
  isViewer: boolean;
}

export interface ListedUser extends UserView {
  tokens: number;
  hasIdentity: boolean;
}

export function toUserView(user: User, viewerId: string): UserView {
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    role: user.role,
    roleFromGroup: user.roleFromGroup,
    enabled: user.enabled,
    hasPassword: user.hasPassword,
    createdAt: user.createdAt,
    resourceVersion: user.resourceVersion,
    isViewer: user.id === viewerId,
  };
}

/** With what a user signs in, in words; null when there is nothing. */
export function signInMethods(user: { hasPassword: boolean; hasIdentity: boolean }): string | null {
  const methods = [
    user.hasPassword ? "Password" : null,
    user.hasIdentity ? "Identity provider" : null,
  ];
  return methods.filter(Boolean).join(", ") || null;
}
