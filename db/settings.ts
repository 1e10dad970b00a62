import type { Executor } from "./client";
import { settings } from "./schema";

/** The settings that differ from their defaults, by name. */
export async function readSettings(db: Executor): Promise<Map<string, string>> {
  const rows = await db.select().from(settings).prepare("read_settings").execute();
  return new Map(rows.map((row) => [row.name, row.value]));
}
