import type postgres from "postgres";
import { connectTo } from "./connect";
import { NoSession, toDatabaseError, Unavailable } from "./errors";

const DEADLINE_MS = 6_000;
const ROUNDS = 5;

/**
 * Asks the database for some answers; throws Unavailable when they are not there within six seconds,
 * QueryFailed when it refuses the login, and NoSession when its connections are shared. The driver
 * alone would try again for ever.
 */
export async function requireReachable(url: string): Promise<void> {
  const connect = () => connectTo(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  const clients = [connect(), connect()] as const;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable("no answer")), DEADLINE_MS);
  });
  try {
    await Promise.race([requireSessions(...clients), deadline]);
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    clearTimeout(timer);
    await Promise.all(clients.map((client) => client.end({ timeout: 0 })));
  }
}

async function requireSessions(one: postgres.Sql, other: postgres.Sql): Promise<void> {
  const own = await findBackend(one);
  for (let round = 0; round < ROUNDS; round += 1) {
    if ((await findBackend(other)) === own || (await findBackend(one)) !== own) {
      throw new NoSession();
    }
  }
}

async function findBackend(client: postgres.Sql): Promise<number> {
  const [row] = await client.unsafe("select pg_backend_pid() as pid");
  return Number(row?.pid);
}
