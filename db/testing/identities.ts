import { like } from "drizzle-orm";
import type { Executor } from "../client";
import { identities } from "../schema";

/** Whose the identities are whose subject has this text in it. */
export function usersOfSubject(db: Executor, text: string): Promise<{ userId: string }[]> {
  return db
    .select({ userId: identities.userId })
    .from(identities)
    .where(like(identities.subject, `%${text}%`));
}
