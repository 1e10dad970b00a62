import { readAuditTail } from "@/db/audit-chain";
import { query } from "@/db/client";
import type { Actor } from "../actor";
import {
  type Collection,
  type CollectionRequest,
  keyOf,
  requirePresent,
  toCursor,
} from "../collection";
import { listSettings } from "./list";
import type { Setting } from "./setting";

/**
 * The selected settings, by name. For admins (else forbidden). Refuses a cursor of another list and
 * a version that is not there (expired).
 */
export async function listSettingCollection(
  actor: Actor,
  { named, limit, after, version }: CollectionRequest,
): Promise<Collection<Setting>> {
  const list = JSON.stringify(["settings", named]);
  // Before the settings are read, so that a change between the two is in them.
  const { seq: head } = await query((db) => readAuditTail(db));
  const all = await listSettings(actor);
  requirePresent(version, head);
  const key = keyOf(list, after) ?? "";
  const rest = all
    .filter(({ name }) => named.is.every((wanted) => wanted === name))
    .filter(({ name }) => !named.isNot.includes(name) && name > key)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const page = limit === 0 ? rest : rest.slice(0, limit);
  const last = page.at(-1);
  const next = last && page.length < rest.length ? toCursor(list, last.name) : null;
  async function* parts(): AsyncGenerator<Setting[]> {
    yield page;
  }
  return { resourceVersion: String(head), parts: parts(), next: () => next };
}
