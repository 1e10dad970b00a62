import { sql } from "drizzle-orm";
import type { Executor } from "../client";

const TABLES = [
  "users",
  "tokens",
  "identities",
  "password_links",
  "session_proofs",
  "known_places",
  "settings",
];

/** A digest of every table that people change, for "nothing was written" but the audit trail. */
export async function fingerprint(db: Executor): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const table of TABLES) {
    const [row] = await db.execute<{ print: string }>(sql`
      select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')
        as print
      from ${sql.identifier(table)} t`);
    prints[table] = row?.print ?? "";
  }
  return prints;
}
