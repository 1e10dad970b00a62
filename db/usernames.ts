import { inArray } from "drizzle-orm";
import type { Executor } from "./client";
import { users } from "./schema";

/** What the users of these ids are called; who is gone is left out. */
export async function readUsernames(
  db: Executor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, username: users.username })
    .from(users)
    .where(inArray(users.id, [...ids]));
  return new Map(rows.map(({ id, username }) => [id, username]));
}
