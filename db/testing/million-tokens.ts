import { fillInventory } from "./inventory-data";
import { asDatabaseOwner } from "./worker-database";

/** Fills the test's database with a million tokens of 100,000 people. */
export async function insertMillionTokens(): Promise<void> {
  await asDatabaseOwner(async (pool) => {
    const sql = await pool.reserve();
    try {
      await fillInventory(sql, { users: 100_000, tokens: 1_000_000, events: 300_000 });
    } finally {
      sql.release();
    }
  });
}
