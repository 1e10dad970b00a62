import { removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";

/** One Latchkey for all journeys that do not stop or break it; gives what ends it. */
export default async function setUp(): Promise<() => Promise<void>> {
  const latchkey = await startLatchkey({
    environment: {
      ADMIN_USERNAME: ADMINISTRATOR.username,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
  });
  const { url, secureUrl, dataDir, caFile, logFile } = latchkey;
  process.env.LATCHKEY_E2E = JSON.stringify({ url, secureUrl, dataDir, caFile, logFile });
  return () => removeLatchkey(latchkey);
}
