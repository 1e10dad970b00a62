import postgres from "postgres";

/** Every row of every table there is, as text and as JSON, by its name. For the database's owner. */
export async function dumpAt(url: string): Promise<Map<string, string>> {
  const owner = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const tables = await owner<{ schema: string; name: string }[]>`
      select n.nspname as schema, c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname <> 'information_schema'
        and (n.nspname !~ '^pg_' or c.relname in ('pg_db_role_setting', 'pg_description'))`;
    const dump = new Map<string, string>();
    for (const { schema, name } of tables) {
      const rows = await owner<{ whole: string; json: string }[]>`
        select t::text as whole, row_to_json(t)::text as json
        from ${owner(schema)}.${owner(name)} t`;
      dump.set(`${schema}.${name}`, rows.map(({ whole, json }) => `${whole}\n${json}`).join("\n"));
    }
    return dump;
  } finally {
    await owner.end({ timeout: 5 });
  }
}
