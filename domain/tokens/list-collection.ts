import { createHash } from "node:crypto";
import { flushUpTo, query } from "@/db/client";
import { type ChangeBounds, readChangeBounds, readCollection } from "@/db/token-collection";
import type { TokenRecord } from "@/db/tokens";
import type { Actor } from "../actor";
import { type Collection, type CollectionRequest, historyExpired } from "../collection";
import { visibleOwner } from "./policy";
import { withPendingUse } from "./record-use";
import { requireWorking } from "./require-working";
import { requireRemembered } from "./resource-version";
import type { TokenSelection } from "./selection";
import { type Token, toToken } from "./token";

interface TokenRequest extends Omit<CollectionRequest, "named"> {
  selection: TokenSelection;
}

interface Cursor {
  head: number;
  afterName: string;
  digest: string;
}

const PART_SIZE = { first: 5, max: 500 };
const PART_BYTES = 500_000;

/**
 * The tokens that the actor may see and the selection selects, by name. Refuses a cursor of another
 * list or one whose changes are forgotten (expired), and a version that is not there. A watch from
 * its version misses no change of any page. Parts are refused in the middle when the actor's token
 * stops working (unauthenticated).
 */
export async function listCollection(
  actor: Actor,
  request: TokenRequest,
): Promise<Collection<Token>> {
  const ownerId = visibleOwner(actor);
  const digest = digestOf(ownerId, request.selection);
  const bounds = await query((db) => readChangeBounds(db));
  const cursor = request.after === undefined ? undefined : decode(request.after, digest, bounds);
  if (request.version && request.version.number > bounds.head) throw historyExpired();

  const read = (afterName: string | undefined, limit: number) =>
    query((db) =>
      readCollection(db, { ownerId, requirements: request.selection, afterName, limit }),
    );
  const total = request.limit === 0 ? Number.POSITIVE_INFINITY : request.limit;
  const wanted = Math.min(PART_SIZE.first, total);
  let { rows, head } = await read(cursor?.afterName, wanted + 1);
  head = cursor?.head ?? head;
  await flushUpTo(head);
  if (request.version?.exactly && request.version.number !== head) throw historyExpired();

  let next: string | null = null;
  async function* parts(): AsyncGenerator<Token[]> {
    let [size, taken] = [wanted, 0];
    for (;;) {
      const part = rows.slice(0, size);
      const last = part.at(-1)?.name;
      const hasMore = rows.length > size;
      // What waits to be taken must be in memory once.
      rows = [];
      taken += part.length;
      const bytes = part.reduce((sum, row) => sum + bytesOf(row), 0);
      if (part.length > 0) yield part.map((row) => project(actor, row));
      if (!hasMore || last === undefined) return;
      if (taken >= total) {
        next = encode({ head, afterName: last, digest });
        return;
      }
      size = Math.min(nextSize(size, bytes), total - taken);
      await requireWorking(actor);
      ({ rows } = await read(last, size + 1));
    }
  }
  return { resourceVersion: String(head), parts: parts(), next: () => next };
}

// Parts grow while tokens are small; annotations may make one of them a quarter of a megabyte.
function nextSize(size: number, bytes: number): number {
  const factor = Math.min(PART_BYTES / bytes, 4);
  return Math.min(Math.max(Math.floor(size * factor), 1), PART_SIZE.max);
}

function bytesOf({ labels, annotations }: TokenRecord): number {
  return (
    1_000 +
    Object.entries({ ...labels, ...annotations })
      .flat()
      .join("").length
  );
}

function project(actor: Actor, row: TokenRecord): Token {
  return toToken(withPendingUse(row), actor.kind === "user" ? actor.tokenName : undefined);
}

function digestOf(ownerId: string | undefined, selection: TokenSelection): string {
  const list = JSON.stringify(["name", ownerId ?? null, selection]);
  return createHash("sha256").update(list).digest("base64url").slice(0, 16);
}

function encode({ head, afterName, digest }: Cursor): string {
  return Buffer.from(JSON.stringify([head, afterName, digest])).toString("base64url");
}

function decode(text: string, digest: string, bounds: ChangeBounds): Cursor {
  const [version, afterName, ofList] = parse(text);
  const isName = typeof afterName === "string" && /^[\x20-\x7e]+$/.test(afterName);
  if (!isName || typeof version !== "number" || ofList !== digest) throw historyExpired();
  requireRemembered(version, bounds);
  return { head: version, afterName, digest };
}

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
