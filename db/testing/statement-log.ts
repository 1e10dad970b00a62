import postgres from "postgres";

/**
 * Makes Postgres log every statement that connections made from now on send, with the values of
 * its parameters. For the database's owner.
 */
export async function logStatementsAt(url: string): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await owner`alter system set log_statement = 'all'`;
    await owner`alter system set log_min_duration_statement = 0`;
    await owner`alter system set log_parameter_max_length = -1`;
    await owner`alter system set log_parameter_max_length_on_error = -1`;
    // Parameters are in the DETAIL, which the product leaves out: only a database's own setting is
    // stronger than the command line.
    const [found] = await owner<{ name: string }[]>`select current_database() as name`;
    await owner`alter database ${owner(found?.name ?? "")} set log_error_verbosity = 'default'`;
    await owner`select pg_reload_conf()`;
  } finally {
    await owner.end({ timeout: 5 });
  }
}
