import { asDatabaseOwner } from "./worker-database";

/** What the database's own function says of made-up tokens. */
export function scoreInSql(facts: readonly object[]): Promise<number[]> {
  return asDatabaseOwner(async (sql) => {
    const rows = await sql<{ score: number }[]>`
      select token_risk(f.enabled, f.kind, f."ttlMs", f."createdAt",
        coalesce(f."expiresAt", 'infinity'), coalesce(f."lastUsedAt", '-infinity'), f.networks,
        f."ownerEnabled", f."ownerRole", f."ttlMsMax", f.now) as score
      from rows from (jsonb_to_recordset(${JSON.stringify(facts)}::text::jsonb)
        as (enabled boolean, kind text, "ttlMs" bigint, "createdAt" timestamptz,
          "expiresAt" timestamptz, "lastUsedAt" timestamptz, networks integer,
          "ownerEnabled" boolean, "ownerRole" text, "ttlMsMax" bigint, now timestamptz))
        with ordinality
        as f(enabled, kind, "ttlMs", "createdAt", "expiresAt", "lastUsedAt", networks,
          "ownerEnabled", "ownerRole", "ttlMsMax", now, at)
      order by at`;
    return rows.map((row) => row.score);
  });
}

export function ttlMsMaxInSql(): Promise<number | null> {
  return asDatabaseOwner(async (sql) => {
    const [row] = await sql<{ max: string | null }[]>`select token_ttl_ms_max() as max`;
    return row?.max == null ? null : Number(row.max);
  });
}

/** The stored scores of some tokens by name. */
export function storedRisks(names: readonly string[]): Promise<Record<string, number>> {
  return asDatabaseOwner(async (sql) => {
    const rows = await sql<{ name: string; risk: number }[]>`
      select name, risk from token_uses join tokens on id = token_id where name in ${sql(names)}`;
    return Object.fromEntries(rows.map((row) => [row.name, row.risk]));
  });
}
