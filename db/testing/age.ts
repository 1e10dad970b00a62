import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../client";
import { tokens } from "../schema";

/** Moves a user's sign-ins into the past, as if they had begun that much earlier. */
export async function ageSignIns(db: Executor, ownerId: string, ageMs: number): Promise<void> {
  await db
    .update(tokens)
    .set({ createdAt: sql`${tokens.createdAt} - ${ageMs}::bigint * interval '1 millisecond'` })
    .where(and(eq(tokens.ownerId, ownerId), eq(tokens.kind, "session")));
}
