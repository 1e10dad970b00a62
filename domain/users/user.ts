import type { Role } from "../actor";

/** What may leave the server of a user; the password hash never does. */
export interface User {
  id: string;
  username: string;
  role: Role;
  enabled: boolean;
  createdAt: Date;
}

export function toUser(row: User): User {
  return {
    id: row.id,
    username: row.username,
    role: row.role,
    enabled: row.enabled,
    createdAt: row.createdAt,
  };
}
