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
  /** To be passed as `before` for the page before; null on the first one. */
  previous: string | null;
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
  const { search, role, enabled, named, after, before } = parsed.value;
  const backwards = before !== undefined;
  const limit = Math.min(Math.max(size, 1), PAGE_SIZE_MAX);
  const rows = await query((db) =>
    readUsers(db, { search, role, enabled, named, after, before, limit: limit + 1 }),
  );
  const hasMore = rows.length > limit;
  const shown = backwards ? rows.slice(-limit) : rows.slice(0, limit);
  const [first, last] = [shown[0], shown.at(-1)];
  const hasPrevious = backwards ? hasMore : after !== undefined;
  return {
    users: shown.map(toUser),
    next: (backwards || hasMore) && last ? last.nameKey : null,
    previous: hasPrevious && first ? first.nameKey : null,
  };
}
