import { sql } from "drizzle-orm";
import type { Executor } from "./client";

export interface TokenCounts {
  active: number;
  expired: number;
  disabled: number;
}

/** How many tokens there are in each state, read from the index of states alone. */
export async function countTokens(db: Executor): Promise<TokenCounts> {
  const [row] = await db.execute<Record<keyof TokenCounts, string>>(sql`
    select count(*) filter (where enabled and expires_at >= now()) as active,
      count(*) filter (where enabled and expires_at < now()) as expired,
      count(*) filter (where not enabled) as disabled
    from tokens`);
  if (!row) throw new Error("a count returned no row");
  const { active, expired, disabled } = row;
  return { active: Number(active), expired: Number(expired), disabled: Number(disabled) };
}
