import postgres from "postgres";
import { toDatabaseError, Unavailable } from "./errors";

const DEADLINE_MS = 6_000;

/**
 * Asks the database for one answer; throws Unavailable when there is none within six seconds, and
 * QueryFailed when it refuses the login. The driver alone would try again for ever.
 */
export async function requireReachable(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable("no answer")), DEADLINE_MS);
  });
  try {
    await Promise.race([client`select 1`, deadline]);
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    clearTimeout(timer);
    await client.end({ timeout: 0 });
  }
}
