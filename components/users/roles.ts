import type { Role } from "@/domain/actor";

/** What each role is called, and what it lets somebody do. */
export const ROLES: Record<Role, { name: string; allows: string }> = {
  user: { name: "User", allows: "Their own tokens." },
  verifier: { name: "Verifier", allows: "Their own tokens, and checking those of others." },
  admin: { name: "Administrator", allows: "Everything: all tokens, users and settings." },
};
