import { and, asc, eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { identities } from "./schema";

type IdentityRecord = typeof identities.$inferSelect;
type Named = Pick<IdentityRecord, "issuer" | "subject">;

/** The identity of that issuer and subject, or undefined. */
export async function findIdentity(
  db: Executor,
  identity: Named,
): Promise<IdentityRecord | undefined> {
  const [row] = await db.select().from(identities).where(isIdentity(identity));
  return row;
}

export function listIdentities(db: Executor, userId: string): Promise<IdentityRecord[]> {
  return db
    .select()
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(asc(identities.linkedAt));
}

/** Stores a new identity. Throws a unique violation for one that is somebody's already. */
export async function insertIdentity(
  tx: Executor,
  identity: Named & { userId: string; label: string },
): Promise<void> {
  await tx.insert(identities).values(identity);
}

/** Notes a sign-in with this identity. */
export async function touchIdentity(
  tx: Executor,
  identity: Named & { label: string },
): Promise<void> {
  const { label } = identity;
  await tx.update(identities).set({ label, lastUsedAt: sql`now()` }).where(isIdentity(identity));
}

export async function deleteIdentity(tx: Executor, identity: Named): Promise<void> {
  await tx.delete(identities).where(isIdentity(identity));
}

function isIdentity({ issuer, subject }: Named) {
  return and(eq(identities.issuer, issuer), eq(identities.subject, subject));
}
