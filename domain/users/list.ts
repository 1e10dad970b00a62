import { query } from "@/db/client";
import { listUsers as readUsers } from "@/db/users";
import type { Actor } from "../actor";
import { DomainError, invalid } from "../errors";
import { parseInput } from "../parse";
import { canManageUsers } from "./policy";
import { listUsersInput } from "./schema";
import { toUser, type User } from "./user";

export interface UserPage {
  users: User[];
  /** To be passed as `after` for the next page; null on the last one. */
  next: string | null;
}

const PAGE_SIZE_MAX = 500;

/** One page of the users that match every given condition, by name. For admins (else forbidden). */
export async function listUsers(
  actor: Actor,
  input: unknown,
  { size }: { size: number },
): Promise<UserPage> {
  if (!canManageUsers(actor)) {
    throw new DomainError("forbidden", "only an administrator can list users");
  }
  const parsed = parseInput(listUsersInput, input);
  if (parsed.problems) throw invalid(parsed.problems);
  const { search, role, enabled, named, after } = parsed.value;
  const limit = Math.min(Math.max(size, 1), PAGE_SIZE_MAX);
  const rows = await query((db) =>
    readUsers(db, { search, role, enabled, named, after, limit: limit + 1 }),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    users: shown.map(toUser),
    next: rows.length > limit && last ? last.nameKey : null,
  };
}
