import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { removeEmbeddedDatabase } from "@/db/embedded";
import { seedDemo } from "@/domain/samples/seed-demo";
import { startServer } from "@/server";

/** Serves sample users and tokens from a throw-away database. */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-demo-"));
  process.env.DATA_DIR = dataDir;
  process.env.DATABASE_URL = "";
  await startServer({
    seed: seedDemo,
    cleanUp: async () => {
      await removeEmbeddedDatabase({ dataDir });
      await rm(dataDir, { recursive: true, force: true });
    },
  });
}
