import { serversOf } from "@/db/connect";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded";
import { isUnavailable } from "@/db/errors";
import { migrateDatabase } from "@/db/migrate";
import { requireReachable } from "@/db/reach";
import { StartRefused } from "./start-refused";

/** Starts the embedded database; what keeps it from starting is a StartRefused. */
export async function startOwnDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  try {
    return await startEmbeddedDatabase({ dataDir });
  } catch (error) {
    throw new StartRefused(error instanceof Error ? error.message : String(error));
  }
}

/** Migrates; an operator's database that cannot be used is a StartRefused without its password. */
export async function migrate(
  url: string,
  { isEmbedded }: { isEmbedded: boolean },
): ReturnType<typeof migrateDatabase> {
  try {
    if (!isEmbedded) await requireReachable(url);
    return await migrateDatabase(url);
  } catch (error) {
    if (isEmbedded || !(error instanceof Error)) throw error;
    const servers = serversOf(url).map((server) => new URL(server));
    const hosts = servers.map(({ host }) => host).join(",");
    const verb = isUnavailable(error) ? "reached" : "used";
    throw new StartRefused(
      `DATABASE_URL: ${hosts}${servers[0]?.pathname} cannot be ${verb}: ${error.message}`,
    );
  }
}
