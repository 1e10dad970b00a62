import { count, eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { type Role, users } from "./schema";

export type UserRecord = typeof users.$inferSelect;

/** The user of that name, whatever its case, or undefined. */
export async function findUserByUsername(
  db: Executor,
  username: string,
): Promise<UserRecord | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(sql`lower(${users.username}) = lower(${username})`);
  return row;
}

export async function findUser(db: Executor, id: string): Promise<UserRecord | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row;
}

/** The user's row, held against changes until the transaction ends, or undefined. */
export async function lockUser(
  tx: Executor,
  id: string,
  strength: "share" | "update",
): Promise<UserRecord | undefined> {
  const [row] = await tx.select().from(users).where(eq(users.id, id)).for(strength);
  return row;
}

export async function insertUser(
  tx: Executor,
  user: { id: string; username: string; passwordHash: string; role: Role },
): Promise<UserRecord> {
  const createdAt = sql`date_trunc('second', now())`;
  const [row] = await tx
    .insert(users)
    .values({ ...user, createdAt })
    .returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

export async function updateUser(
  tx: Executor,
  id: string,
  changes: Partial<Pick<UserRecord, "passwordHash" | "enabled" | "role">>,
): Promise<void> {
  await tx.update(users).set(changes).where(eq(users.id, id));
}

export async function countUsers(db: Executor): Promise<number> {
  const [row] = await db.select({ count: count() }).from(users);
  return row?.count ?? 0;
}
