import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { type Role, tokens, tokenUses, users } from "./schema";
import {
  DESCRIPTION_KEY,
  matching,
  type TokenConditions,
  tokenConditions,
} from "./token-conditions";
import { type TokenRecord, tokenRecord } from "./tokens";

export type TokenSortColumn =
  | "name"
  | "description"
  | "kind"
  | "state"
  | "expires"
  | "last-used"
  | "created"
  | "owner"
  | "risk";

/** A place in a sorted list: the sort values of a row as text, its id last. */
export type TokenPosition = readonly string[];

export interface TokenQuery extends TokenConditions {
  sort: { column: TokenSortColumn; descending: boolean };
  /** Rows after this place, or before it (then still returned in list order). */
  from: { position: TokenPosition; backwards: boolean } | undefined;
  limit: number;
}

// Only what a list shows: reading rows is most of its cost.
const {
  uid: _uid,
  ownerId: _ownerId,
  ownerPrincipal: _ownerPrincipal,
  labels: _labels,
  annotations: _annotations,
  updatedAt: _updatedAt,
  ...summaryRecord
} = tokenRecord;
const listedRecord = {
  ...summaryRecord,
  id: tokens.id,
  ownerRole: users.role,
  networks: tokenUses.networks,
};

export type ListedToken = Pick<TokenRecord, keyof typeof summaryRecord> & {
  ownerRole: Role;
  networks: number;
  /** The TokenPosition as JSON: only those at the ends of a page are ever read. */
  position: string;
};

const SORT_KEYS: Record<TokenSortColumn, readonly { value: SQL; type: string }[]> = {
  name: [{ value: sql`${tokens.name}`, type: "text" }],
  description: [{ value: DESCRIPTION_KEY, type: "text" }],
  kind: [{ value: sql`${tokens.kind}`, type: "text" }],
  state: [
    { value: sql`${tokens.enabled}`, type: "boolean" },
    { value: sql`${tokens.expiresAt}`, type: "timestamptz" },
  ],
  expires: [{ value: sql`${tokens.expiresAt}`, type: "timestamptz" }],
  "last-used": [{ value: sql`${tokenUses.lastUsedAt}`, type: "timestamptz" }],
  created: [{ value: sql`${tokens.createdAt}`, type: "timestamptz" }],
  owner: [{ value: sql`${tokens.ownerKey}`, type: "text" }],
  risk: [{ value: sql`${tokenUses.risk}`, type: "smallint" }],
};

/**
 * One page of tokens that match every given condition, in keyset order with the id as tie-break.
 * Reads `limit` rows; the caller asks for one more to learn whether there is a next page. Follows
 * the order, which is quick unless what matches lies far from the beginning: PostgreSQL does not
 * know where it lies, so the caller bounds the time.
 */
export async function listInOrder(db: Executor, query: TokenQuery): Promise<ListedToken[]> {
  return inListOrder(
    query,
    await (isPlain(query) ? selectPlain(db, query) : selectTokens(db, query)),
  );
}

/**
 * How many tokens the planner expects to match: good enough to choose which way is tried first.
 * Undefined where their order is the way in any case: of one owner's, and without a filter.
 */
export async function expectMatching(db: Executor, query: TokenQuery): Promise<number | undefined> {
  if (isPlain(query) || query.ownerId !== undefined) return undefined;
  const rows = await db.execute<{ "QUERY PLAN": string | [Explained] }>(
    sql`explain (format json) select 1 ${matching(query)}`,
  );
  const [plan] = rows.map((row) => row["QUERY PLAN"]);
  const [explained] = typeof plan === "string" ? (JSON.parse(plan) as [Explained]) : (plan ?? []);
  return explained?.Plan["Plan Rows"] ?? 0;
}

interface Explained {
  Plan: { "Plan Rows": number };
}

/** The same page, by reading and sorting all that match; undefined when these are more than a few. */
export async function listFew(db: Executor, query: TokenQuery): Promise<ListedToken[] | undefined> {
  const rows = await selectPage(db, query, gatherFew(query, 2 * GATHER_MAX));
  return rows.every(({ found }) => found <= 2 * GATHER_MAX) ? inListOrder(query, rows) : undefined;
}

/** As listFew, however many there are; within a transaction several processes read them. */
export async function listGathered(tx: Executor, query: TokenQuery): Promise<ListedToken[]> {
  await tx.execute(sql`select set_config('max_parallel_workers_per_gather', '2', true)`);
  return inListOrder(query, await selectPage(tx, query, gather(query)));
}

/** Of so many, all are read and sorted: that takes as long as to find a page of them by order. */
export const GATHER_MAX = 15_000;

function inListOrder(query: TokenQuery, rows: ListedToken[]): ListedToken[] {
  return query.from?.backwards ? rows.reverse() : rows;
}

/** The rows of a page of which the ids are known, with their positions and places. */
function selectPage(db: Executor, query: TokenQuery, page: SQL) {
  return db
    .select({
      ...listedRecord,
      position: sql<string>`page.position`,
      found: sql<number>`page.found`.mapWith(Number),
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .innerJoin(sql`(${page}) page`, sql`page.id = ${tokens.id}`)
    .orderBy(sql`page.place`)
    .limit(query.limit);
}

// Materialized, so that the order has no part in how they are found.
function gatherFew(query: TokenQuery, max: number): SQL {
  const { order, position } = partsOf(query);
  return sql`
    with matching as materialized (${matchingKeys(query)} limit ${max + 1})
    select id, ${position} as position, (select count(*) from matching) as found,
      row_number() over (order by ${order}) as place
    from matching order by ${order} limit ${query.limit}`;
}

// As gatherFew, but of many: nothing is kept of those that are not on the page, and they may be read
// by several processes. What they are sorted by is what no index has.
function gather(query: TokenQuery): SQL {
  const { order, unindexed, position } = partsOf(query);
  return sql`
    select id, ${position} as position, 0 as found, row_number() over (order by ${order}) as place
    from (select * from (${matchingKeys(query)}) matching
      order by ${unindexed} limit ${query.limit}) page`;
}

function matchingKeys(query: TokenQuery): SQL {
  const { columns } = partsOf(query);
  const withUses = query.sort.column === "last-used" || query.sort.column === "risk";
  return sql`
    select ${tokens.id} as id, ${columns} ${matching(query, { withUses })}
    and ${and(sql`true`, ...impliedConditions(query), pastPosition(query))}`;
}

// The keys of an order as columns k0, k1, … of a subquery, and what is made of them outside of it.
function partsOf(query: TokenQuery) {
  const direction = query.sort.descending === (query.from?.backwards ?? false) ? asc : desc;
  const keys = sortKeys(query).map((key, at) => ({ ...key, name: sql.identifier(`k${at}`) }));
  const list = (parts: SQL[]) => sql.join(parts, sql`, `);
  const orderOf = (toValue: (name: SQL) => SQL) =>
    list(keys.filter(varies).map((key) => direction(toValue(sql`${key.name}`))));
  return {
    columns: list(keys.map((key) => sql`${key.value} as ${key.name}`)),
    order: orderOf((name) => name),
    unindexed: orderOf((name) => sql`coalesce(${name}, ${name})`),
    position: sql`jsonb_build_array(${list(keys.map((key) => sql`${key.name}::text`))})::text`,
  };
}

// What most pages ask is built once per pool and planned once per connection: that is most of its
// cost. With a filter, the best plan depends on the values.
function isPlain(query: TokenQuery): boolean {
  const always = new Set(["ownerId", "kind", "soonMs", "sort", "from", "limit"]);
  return Object.entries(query).every(([name, part]) => always.has(name) || part === undefined);
}

function selectPlain(db: Executor, query: TokenQuery) {
  const { ownerId, kind, sort, from, limit } = query;
  const kindName = isNamed(kind) ? kind.is : undefined;
  const shape = [ownerId !== undefined, kindName !== undefined || kind, sort, from?.backwards];
  const statement = preparedOnce(db, `list_tokens ${JSON.stringify(shape)}`, () =>
    selectTokens(db, withPlaceholders(query)).prepare("list_tokens"),
  );
  const places = from?.position.map((value, at) => [`position${at}`, value]) ?? [];
  return statement.execute({ ownerId, kindName, limit, ...Object.fromEntries(places) });
}

// Sign-ins have indexes of their own, which a placeholder would not be known to mean.
function isNamed(kind: TokenQuery["kind"]): kind is { is: string } {
  return kind !== undefined && "is" in kind && kind.is !== "session";
}

// Stands in for each value; drizzle takes one wherever it takes the value.
function withPlaceholders({ ownerId, kind, sort, from, limit: _limit, ...rest }: TokenQuery) {
  const holder = (name: string) => sql.placeholder(name) as unknown as string;
  return {
    ...rest,
    sort,
    ownerId: ownerId === undefined ? undefined : holder("ownerId"),
    kind: isNamed(kind) ? { is: holder("kindName") } : kind,
    from: from && { ...from, position: from.position.map((_, at) => holder(`position${at}`)) },
    limit: sql.placeholder("limit") as unknown as number,
  } satisfies TokenQuery;
}

/** The statement of listTokens. A page before a position comes in reverse order. */
export function selectTokens(db: Executor, query: TokenQuery) {
  const backwards = query.from?.backwards ?? false;
  const keys = sortKeys(query);
  const direction = query.sort.descending === backwards ? asc : desc;
  return db
    .select({
      ...listedRecord,
      position: sql<string>`jsonb_build_array(${sql.join(
        keys.map((key) => sql`${key.value}::text`),
        sql`, `,
      )})::text`,
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(and(...tokenConditions(query), ...impliedConditions(query), pastPosition(query)))
    .orderBy(...keys.filter(varies).map((key) => direction(key.value)))
    .limit(query.limit);
}

/** Whether the text is a position of this sort: as many values, each of its type. */
export function isPositionOf(column: TokenSortColumn, position: readonly unknown[]): boolean {
  const keys = [...SORT_KEYS[column], { type: "bigint" }];
  return (
    position.length === keys.length && keys.every((key, at) => isTextOf(key.type, position[at]))
  );
}

function isTextOf(type: string, value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (type === "boolean") return value === "true" || value === "false";
  if (type === "smallint") return /^\d{1,3}$/.test(value);
  if (type === "bigint") return /^\d{1,18}$/.test(value);
  if (type === "timestamptz") return /^-?infinity$/.test(value) || isInstant(value);
  return value.isWellFormed() && !value.includes("\u0000");
}

// As Postgres writes it in UTC, and a day that the calendar has.
function isInstant(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(text)) return false;
  const time = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
}

interface SortKey {
  value: SQL;
  type: string;
  isConstant?: boolean;
}

function varies(key: SortKey): boolean {
  return !key.isConstant;
}

function sortKeys(query: TokenQuery): SortKey[] {
  const { column } = query.sort;
  // What cannot be used has no risk, also where the stored score does not know it yet.
  if (column === "risk" && isUnusable(query.state)) {
    const none = { value: sql`0::smallint`, type: "smallint", isConstant: true };
    return [none, { value: sql`${tokens.id}`, type: "bigint" }];
  }
  // The keys of uses end with their own id column, so that one index serves the whole order.
  const id = column === "last-used" || column === "risk" ? tokenUses.tokenId : tokens.id;
  return [...SORT_KEYS[column], { value: sql`${id}`, type: "bigint" }];
}

function isUnusable(state: TokenQuery["state"]): boolean {
  return state === "expired" || state === "disabled";
}

// True of every row that matches, and said so that the index of the order begins where they do.
function impliedConditions({ ownerId, state, sort }: TokenQuery): (SQL | undefined)[] {
  const isRisky = sort.column === "risk" && state !== undefined && !isUnusable(state);
  // By owner, the own tokens lie together in its index: naming the key leads there.
  const isOwn = sort.column === "owner" && ownerId !== undefined;
  return [
    isRisky ? sql`${tokenUses.risk} > 0` : undefined,
    isOwn
      ? sql`${tokens.ownerKey} = (select name_key from users u where u.id = ${ownerId})`
      : undefined,
  ];
}

function pastPosition(query: TokenQuery): SQL | undefined {
  if (!query.from) return undefined;
  const { position, backwards } = query.from;
  const keys = sortKeys(query)
    .map((key, at) => ({ ...key, at }))
    .filter(varies);
  const columns = sql.join(
    keys.map((key) => key.value),
    sql`, `,
  );
  const values = sql.join(
    keys.map(({ type, at }) => sql`${position[at]}::text::${sql.raw(type)}`),
    sql`, `,
  );
  const operator = query.sort.descending === backwards ? sql`>` : sql`<`;
  return sql`(${columns}) ${operator} (${values})`;
}
