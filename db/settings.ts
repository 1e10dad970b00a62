import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { settings } from "./schema";

/** The settings that differ from their defaults, by name. */
export async function readSettings(db: Executor): Promise<Map<string, string>> {
  const statement = preparedOnce(db, "read_settings", () =>
    db.select().from(settings).prepare("read_settings"),
  );
  const rows = await statement.execute();
  return new Map(rows.map((row) => [row.name, row.value]));
}
