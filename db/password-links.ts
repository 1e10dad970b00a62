import { eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { passwordLinks } from "./schema";

/** Stores the link of a user in place of an older one. */
export async function storePasswordLink(
  tx: Executor,
  link: { userId: string; secretHash: string; lifetimeMs: number },
): Promise<Date> {
  const { userId, secretHash } = link;
  const expiresAt = sql`now() + ${link.lifetimeMs}::bigint * interval '1 millisecond'`;
  const [row] = await tx
    .insert(passwordLinks)
    .values({ userId, secretHash, expiresAt })
    .onConflictDoUpdate({ target: passwordLinks.userId, set: { secretHash, expiresAt } })
    .returning({ expiresAt: passwordLinks.expiresAt });
  if (!row) throw new Error("insert returned no row");
  return row.expiresAt;
}

/** Whose link this is, if it has not ended; undefined for any other. */
export async function findPasswordLink(
  db: Executor,
  secretHash: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ userId: passwordLinks.userId })
    .from(passwordLinks)
    .where(sql`${passwordLinks.secretHash} = ${secretHash} and ${passwordLinks.expiresAt} > now()`);
  return row?.userId;
}

/** Takes the link away; false when another was quicker. */
export async function takePasswordLink(tx: Executor, secretHash: string): Promise<boolean> {
  const rows = await tx
    .delete(passwordLinks)
    .where(eq(passwordLinks.secretHash, secretHash))
    .returning({ userId: passwordLinks.userId });
  return rows.length > 0;
}

/** Whatever link there is for a user ends. */
export async function dropPasswordLink(tx: Executor, userId: string): Promise<void> {
  await tx.delete(passwordLinks).where(eq(passwordLinks.userId, userId));
}
