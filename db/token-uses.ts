import { sql } from "drizzle-orm";
import type { Executor } from "./client";

export interface TokenUse {
  tokenId: number;
  usedAt: Date;
  address: string | null;
  userAgent: string | null;
}

/**
 * Stamps the last use of many tokens in one statement; a later stored use is never set back. Waits for
 * no disk and no standby: what is lost with these was in memory alone some seconds before.
 */
export async function stampUses(db: Executor, uses: readonly TokenUse[]): Promise<void> {
  const rows = JSON.stringify(uses);
  await db.execute(sql`
    update token_uses as stored
    set last_used_at = date_trunc('second', used."usedAt"),
        address = used.address, user_agent = used."userAgent",
        -- Not used for a month, it has a worse score than it deserves from now on.
        risk_due_at = case when stored.last_used_at < used."usedAt" - interval '30 days'
          then '-infinity' else stored.risk_due_at end
    from jsonb_to_recordset(${rows}::text::jsonb)
      as used("tokenId" bigint, "usedAt" timestamptz, address text, "userAgent" text),
      (select set_config('synchronous_commit', 'off', true)) as unflushed
    where stored.token_id = used."tokenId"
      and stored.last_used_at < date_trunc('second', used."usedAt")`);
}
