import { eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { settings } from "./schema";

/** The settings that differ from their defaults, by name. */
export async function readSettings(db: Executor): Promise<Map<string, string>> {
  const statement = preparedOnce(db, "read_settings", () =>
    db
      .select({ name: settings.name, value: settings.value })
      .from(settings)
      .prepare("read_settings"),
  );
  const rows = await statement.execute();
  return new Map(rows.map((row) => [row.name, row.value]));
}

/** As readSettings, with when and as which version each was stored. */
export function listSettings(db: Executor) {
  return db.select().from(settings);
}

/** Keeps other changes of settings out until the transaction ends: they are judged together. */
export async function lockSettings(tx: Executor): Promise<void> {
  await tx.execute(sql`lock table settings in share row exclusive mode`);
}

/** Keeps changes of settings out until the transaction ends; others may do the same meanwhile. */
export async function holdSettings(tx: Executor): Promise<void> {
  await tx.execute(sql`lock table settings in share mode`);
}

export async function storeSetting(
  tx: Executor,
  setting: { name: string; value: string; resourceVersion: number },
): Promise<void> {
  const { name, value, resourceVersion } = setting;
  const updatedAt = sql`now()`;
  await tx.insert(settings).values({ name, value, resourceVersion, updatedAt }).onConflictDoUpdate({
    target: settings.name,
    set: { value, resourceVersion, updatedAt },
  });
}

export async function findSetting(db: Executor, name: string) {
  const [row] = await db.select().from(settings).where(eq(settings.name, name));
  return row;
}
