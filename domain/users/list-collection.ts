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
import { listUsers } from "./list";
import { requireUserReader } from "./policy";
import type { User } from "./user";

const PART_SIZE = 500;

/**
 * The selected users, by username. For admins (else forbidden). Refuses a cursor of another list and
 * a version that is not there (expired).
 */
export async function listUserCollection(
  actor: Actor,
  { named, limit, after, version }: CollectionRequest,
): Promise<Collection<User>> {
  requireUserReader(actor);
  const list = JSON.stringify(["users", named]);
  const first = keyOf(list, after);
  // Before the users are read, so that a change between the two is in them.
  const { seq: head } = await query((db) => readAuditTail(db));
  requirePresent(version, head);
  const total = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  const read = (key: string | undefined, taken: number) =>
    listUsers(actor, { named, after: key }, { size: Math.min(PART_SIZE, total - taken) });
  let page = await read(first, 0);
  let next: string | null = null;
  async function* parts(): AsyncGenerator<User[]> {
    let taken = 0;
    for (;;) {
      if (page.users.length > 0) yield page.users;
      taken += page.users.length;
      if (page.next === null) return;
      if (taken >= total) {
        next = toCursor(list, page.next);
        return;
      }
      page = await read(page.next, taken);
    }
  }
  return { resourceVersion: String(head), parts: parts(), next: () => next };
}
