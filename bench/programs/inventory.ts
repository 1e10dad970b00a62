// What the benchmark of the inventory runs in its own process: the product's verbs on its database.
import { closeDatabase, openDatabase } from "@/db/client";
import { removeEmbeddedDatabase, startEmbeddedDatabase } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { fillInventoryAt } from "@/db/testing/inventory-data";
import { exportTokens } from "@/domain/tokens/export";
import { tokenFacets } from "@/domain/tokens/facets";
import { parseTokenFilter } from "@/domain/tokens/filter";
import { tokenFindings } from "@/domain/tokens/findings";
import { listTokens } from "@/domain/tokens/list";
import { expiryTimeline } from "@/domain/tokens/timeline";

export const engine = {
  closeDatabase,
  openDatabase,
  removeEmbeddedDatabase,
  startEmbeddedDatabase,
  migrateDatabase,
  fillInventoryAt,
  tokenFacets,
  parseTokenFilter,
  tokenFindings,
  listTokens,
  exportTokens,
  expiryTimeline,
};
