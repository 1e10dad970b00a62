import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { tokens, tokenUses, users } from "./schema";
import { type TokenRecord, tokenRecord } from "./tokens";

export type TokenSortColumn =
  | "name"
  | "description"
  | "kind"
  | "state"
  | "expires"
  | "last-used"
  | "created"
  | "owner";

/** A place in a sorted list: the sort values of a row as text, its id last. */
export type TokenPosition = readonly string[];

export interface TokenQuery {
  ownerId: string | undefined;
  ownerNamePrefix: string | undefined;
  search: string | undefined;
  kind: { is: string } | { not: string } | undefined;
  state: "active" | "expires-soon" | "expired" | "disabled" | undefined;
  soonMs: number;
  expiry: { withinMs: number } | "never" | undefined;
  lastUse: { withinMs: number } | { longerAgoMs: number } | "never" | undefined;
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
  ...listedRecord
} = tokenRecord;

export type ListedToken = Pick<TokenRecord, keyof typeof listedRecord> & {
  /** The TokenPosition as JSON: only those at the ends of a page are ever read. */
  position: string;
};

const DESCRIPTION_KEY = sql`(lower(left(${tokens.description}, 64)) collate "C")`;
const SEARCH_TEXT = sql`lower(${tokens.name} || ' ' || ${tokens.description})`;

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
};

/**
 * One page of tokens that match every given condition, in keyset order with the id as tie-break.
 * Reads `limit` rows; the caller asks for one more to learn whether there is a next page.
 */
export async function listTokens(db: Executor, query: TokenQuery): Promise<ListedToken[]> {
  const rows = await (isPlain(query) ? selectPlain(db, query) : selectTokens(db, query));
  return query.from?.backwards ? rows.reverse() : rows;
}

// What most pages ask is built once per pool and planned once per connection: that is most of its
// cost. With a filter, the best plan depends on the values.
function isPlain(query: TokenQuery): boolean {
  const { search, ownerNamePrefix, state, expiry, lastUse } = query;
  return [search, ownerNamePrefix, state, expiry, lastUse].every((part) => part === undefined);
}

function selectPlain(db: Executor, query: TokenQuery) {
  const { ownerId, kind, sort, from, limit } = query;
  const kindName = kind && "is" in kind ? kind.is : undefined;
  const shape = [ownerId !== undefined, kindName !== undefined || kind, sort, from?.backwards];
  const statement = preparedOnce(db, `list_tokens ${JSON.stringify(shape)}`, () =>
    selectTokens(db, withPlaceholders(query)).prepare("list_tokens"),
  );
  const places = from?.position.map((value, at) => [`position${at}`, value]) ?? [];
  return statement.execute({ ownerId, kindName, limit, ...Object.fromEntries(places) });
}

// Stands in for each value; drizzle takes one wherever it takes the value.
function withPlaceholders({ ownerId, kind, sort, from, limit: _limit, ...rest }: TokenQuery) {
  const holder = (name: string) => sql.placeholder(name) as unknown as string;
  return {
    ...rest,
    sort,
    ownerId: ownerId === undefined ? undefined : holder("ownerId"),
    kind: kind && "is" in kind ? { is: holder("kindName") } : kind,
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
    .where(and(...conditions(query), pastPosition(query)))
    .orderBy(...keys.map((key) => direction(key.value)))
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

function sortKeys(query: TokenQuery) {
  // The key of last uses ends with their own id column, so that one index serves the whole order.
  const id = query.sort.column === "last-used" ? tokenUses.tokenId : tokens.id;
  return [...SORT_KEYS[query.sort.column], { value: sql`${id}`, type: "bigint" }];
}

function pastPosition(query: TokenQuery): SQL | undefined {
  if (!query.from) return undefined;
  const keys = sortKeys(query);
  const { position, backwards } = query.from;
  const columns = sql.join(
    keys.map((key) => key.value),
    sql`, `,
  );
  const values = sql.join(
    keys.map((key, at) => sql`${position[at]}::text::${sql.raw(key.type)}`),
    sql`, `,
  );
  const operator = query.sort.descending === backwards ? sql`>` : sql`<`;
  return sql`(${columns}) ${operator} (${values})`;
}

function conditions(query: TokenQuery): (SQL | undefined)[] {
  return [
    query.ownerId === undefined ? undefined : ownedBy(query.ownerId, query.sort.column),
    query.ownerNamePrefix === undefined
      ? undefined
      : startsWith(sql`${tokens.ownerKey}`, query.ownerNamePrefix),
    query.search === undefined ? undefined : searchCondition(query.search),
    kindCondition(query.kind),
    stateCondition(query),
    expiryCondition(query.expiry),
    lastUseCondition(query.lastUse),
  ];
}

// By owner, the own tokens lie together in its index: naming the key leads there.
function ownedBy(ownerId: string, sort: TokenSortColumn): SQL | undefined {
  const isOwner = eq(tokens.ownerId, ownerId);
  if (sort !== "owner") return isOwner;
  return and(
    isOwner,
    sql`${tokens.ownerKey} = (select name_key from users u where u.id = ${ownerId})`,
  );
}

// Trigrams need three characters; shorter text finds descriptions that begin with it.
function searchCondition(text: string): SQL {
  if ([...text].length >= 3) return sql`${SEARCH_TEXT} like lower(${`%${escapeLike(text)}%`})`;
  return startsWith(DESCRIPTION_KEY, text);
}

function kindCondition(kind: TokenQuery["kind"]): SQL | undefined {
  if (kind === undefined) return undefined;
  if ("is" in kind) return eq(tokens.kind, kind.is);
  // Written out, because a partial index is only used for the literal condition.
  return kind.not === "session"
    ? sql`${tokens.kind} <> 'session'`
    : sql`${tokens.kind} <> ${kind.not}`;
}

function stateCondition({ state, soonMs }: TokenQuery): SQL | undefined {
  const expiresAt = tokens.expiresAt;
  switch (state) {
    case undefined:
      return undefined;
    case "disabled":
      return sql`${tokens.enabled} = false`;
    case "expired":
      return sql`${tokens.enabled} = true and ${expiresAt} < now()`;
    case "expires-soon":
      return sql`${tokens.enabled} = true and ${expiresAt} >= now() and ${expiresAt} <= ${inMs(soonMs)}`;
    case "active":
      return sql`${tokens.enabled} = true and ${expiresAt} > ${inMs(soonMs)}`;
  }
}

function expiryCondition(expiry: TokenQuery["expiry"]): SQL | undefined {
  if (expiry === undefined) return undefined;
  if (expiry === "never") return sql`${tokens.expiresAt} = 'infinity'`;
  return sql`${tokens.expiresAt} between now() and ${inMs(expiry.withinMs)}`;
}

function lastUseCondition(lastUse: TokenQuery["lastUse"]): SQL | undefined {
  if (lastUse === undefined) return undefined;
  if (lastUse === "never") return sql`${tokenUses.lastUsedAt} = '-infinity'`;
  if ("withinMs" in lastUse) return sql`${tokenUses.lastUsedAt} >= ${inMs(-lastUse.withinMs)}`;
  return sql`${tokenUses.lastUsedAt} < ${inMs(-lastUse.longerAgoMs)}`;
}

function inMs(ms: number): SQL {
  return sql`now() + ${ms}::bigint * interval '1 millisecond'`;
}

// The database lowers both sides: its lower case is not JavaScript's.
export function startsWith(column: SQL, prefix: string): SQL {
  // Range instead of LIKE: usable by a plain index whatever the planner makes of the parameter.
  const end = `${prefix}\u{10ffff}`;
  return sql`(${column} >= lower(${prefix}) collate "C" and ${column} < lower(${end}) collate "C")`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
