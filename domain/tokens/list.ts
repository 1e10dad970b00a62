import { query, readWithin } from "@/db/client";
import {
  expectMatching,
  GATHER_MAX,
  isPositionOf,
  listFew,
  listGathered,
  listInOrder,
  type ListedToken as Row,
  type TokenPosition,
  type TokenQuery,
} from "@/db/token-list";
import type { Actor } from "../actor";
import { DomainError } from "../errors";
import { getSettings } from "../settings/get";
import { conditionsOf, type ListScope } from "./conditions";
import type { SortColumn, TokenFilter } from "./filter";
import { type ListedToken, toListed } from "./listed-token";

export interface TokenPage {
  tokens: ListedToken[];
  /** Cursors of the neighbouring pages, to be put into the filter's `after` and `before`. */
  next: string | null;
  previous: string | null;
  /** The database's clock when the page was read. */
  readAt: Date;
}

const PAGE_SIZE_MAX = 1_000;
// So many are read and sorted at once; of more, the order is worth a look first.
const FEW = 1_500;
const GLANCE_MS = 45;
const SEARCH_MS = 150;
const SEARCH_MS_MAX = 2_500;
// A few are read much faster, or they were not a few.
const FEW_MS = 1_000;
const WHOLE_MS = 5_000;
// Of more than a few, a reading of all of them gets through so many each millisecond.
const WHOLE_PER_MS = 1_000;

/**
 * One page of the tokens that the actor may see and the filter selects: the actor's limits are in
 * the query itself. `ownOnly` limits an admin to their own, `ownerId` to one user's. Refuses a
 * cursor that is not of this order (expired), and what takes longer than 5 s to find (tooSlow).
 */
export async function listTokens(
  actor: Actor,
  filter: TokenFilter,
  page: { size: number } & ListScope,
): Promise<TokenPage> {
  const size = Math.min(Math.max(page.size, 1), PAGE_SIZE_MAX);
  const cursor = filter.before ?? filter.after;
  const backwards = filter.before !== undefined;
  const position = cursor === undefined ? undefined : decode(cursor, filter);
  const { ttlMsMax } = await getSettings();
  const rows = await readPage({
    ...conditionsOf(actor, filter, { ...page, ttlMsMax }),
    sort: { column: filter.sort, descending: filter.descending },
    from: position && { position, backwards },
    limit: size + 1,
  });
  const hasMore = rows.length > size;
  const shown = backwards ? rows.slice(-size) : rows.slice(0, size);
  const [first, last] = [shown[0], shown.at(-1)];
  const hasNext = backwards ? position !== undefined : hasMore;
  const hasPrevious = backwards ? hasMore : position !== undefined;
  return {
    tokens: shown.map((row) => toListed(actor, row, ttlMsMax)),
    next: hasNext && last ? encode(last.position, filter) : null,
    previous: hasPrevious && first ? encode(first.position, filter) : null,
    readAt: shown[0]?.readAt ?? new Date(),
  };
}

// Which tokens match and where they lie in an order may have to do with each other, and nobody knows
// before looking: so what is not found soon by its order is read whole instead.
async function readPage(wanted: TokenQuery): Promise<Row[]> {
  const expected = await query((db) => expectMatching(db, wanted));
  if (expected === undefined) return query((db) => listInOrder(db, wanted));
  const inOrder = (ms: number) => readWithin(ms, (tx) => listInOrder(tx, wanted));
  if (expected <= GATHER_MAX) {
    const glanced = expected > FEW ? await inOrder(GLANCE_MS) : undefined;
    const few = glanced ?? (await readWithin(FEW_MS, (tx) => listFew(tx, wanted)));
    if (few) return few;
  }
  // As long as reading them whole would take: then both together take twice the better one at most.
  const searchMs = Math.min(Math.max(expected / WHOLE_PER_MS, SEARCH_MS), SEARCH_MS_MAX);
  const found =
    (await inOrder(searchMs)) ?? (await readWithin(WHOLE_MS, (tx) => listGathered(tx, wanted)));
  if (found) return found;
  throw new DomainError("tooSlow", "Finding these tokens in this order takes longer than 5 s.");
}

function order(filter: TokenFilter): [SortColumn, boolean] {
  return [filter.sort, filter.descending];
}

function encode(position: string, filter: TokenFilter): string {
  const parts = [...order(filter), ...JSON.parse(position)];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function decode(cursor: string, filter: TokenFilter): TokenPosition {
  const [sort, descending, ...position] = parseCursor(cursor);
  const [expectedSort, expectedDescending] = order(filter);
  const isSameOrder = sort === expectedSort && descending === expectedDescending;
  if (isSameOrder && isPositionOf(filter.sort, position)) return position as string[];
  throw new DomainError(
    "expired",
    "The provided continue parameter is too old or not of this list.",
  );
}

function parseCursor(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
