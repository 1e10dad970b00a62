import type postgres from "postgres";

const INDEXES = [
  {
    name: "tokens_search",
    definition: `on tokens using gin
      (lower(name || ' ' || description || ' ' || (owner_key collate "default")) gin_trgm_ops)`,
  },
  {
    name: "users_search",
    definition: `on users using gin (lower(username || ' ' || display_name) gin_trgm_ops)`,
  },
];

/**
 * Makes the indexes of text search that are missing. Answers false where the server lacks pg_trgm
 * or this login may not add it: search then reads row by row, and everything else is the same.
 */
export async function provideTextIndexes(client: postgres.Sql): Promise<boolean> {
  await client`create extension if not exists pg_trgm`.catch(() => undefined);
  const [extension] = await client`select 1 from pg_extension where extname = 'pg_trgm'`;
  if (!extension) return false;
  for (const { name, definition } of INDEXES) {
    const [index] = await client`select 1 from pg_class where relname = ${name} and relkind = 'i'`;
    if (index) continue;
    await client.unsafe(`create index ${name} ${definition}`);
    // How rare a word is decides by which way a list is read.
    await client.unsafe(`alter index ${name} alter column 1 set statistics 1000`);
  }
  return true;
}
