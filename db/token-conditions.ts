import { and, eq, type SQL, sql } from "drizzle-orm";
import { type Role, tokens, tokenUses, users } from "./schema";

type Bound = { at: Date } | { fromNowMs: number };
/** From the first bound on and before the second. */
interface TimeRange {
  from?: Bound | undefined;
  before?: Bound | undefined;
}

/** Which tokens: those that meet every given condition. */
export interface TokenConditions {
  /** Only this owner's, whatever else is asked for. */
  ownerId: string | undefined;
  /** The owner's name in any case: its beginning, or all of it. */
  owner: { startsWith: string } | { is: string } | undefined;
  ownerRole: Role | undefined;
  ownerEnabled: boolean | undefined;
  /** In the name, the description or the owner's name. */
  search: string | undefined;
  kind: { is: string } | { not: string } | undefined;
  state: "active" | "expires-soon" | "live" | "expired" | "disabled" | undefined;
  soonMs: number;
  expiry: TimeRange | "never" | undefined;
  created: TimeRange | undefined;
  lastUse: TimeRange | { unusedForMs: number } | "never" | undefined;
  /** Lives longer than this; `derivedOnly` leaves sign-ins out, which have a maximum of their own. */
  lifetime: { aboveMs: number | null; derivedOnly: boolean } | undefined;
  address: { first: string; last: string } | undefined;
}

export const DESCRIPTION_KEY = sql`(lower(left(${tokens.description}, 64)) collate "C")`;
const SEARCH_TEXT = sql`lower(${tokens.name} || ' ' || ${tokens.description} || ' ' || (${tokens.ownerKey} collate "default"))`;
const LIFETIME = sql`(case when ${tokens.ttlMs} < 0 then 9223372036854775807 else ${tokens.ttlMs} end)`;

/**
 * `from … where …` of the tokens that match, joined only with what the conditions speak of or what
 * is wanted besides: nothing else is read.
 */
export function matching(
  conditions: TokenConditions,
  wanted: { withOwners?: boolean; withUses?: boolean } = {},
): SQL {
  const { ownerRole, ownerEnabled, lastUse } = conditions;
  const withOwners = wanted.withOwners || ownerRole !== undefined || ownerEnabled !== undefined;
  const withUses = wanted.withUses || lastUse !== undefined;
  return sql`from ${tokens}
    ${withOwners ? sql`join ${users} on ${eq(users.id, tokens.ownerId)}` : sql``}
    ${withUses ? sql`join ${tokenUses} on ${eq(tokenUses.tokenId, tokens.id)}` : sql``}
    where ${and(sql`true`, ...tokenConditions(conditions))}`;
}

/** The conditions on tokens joined with their uses and owners. */
export function tokenConditions(wanted: TokenConditions): (SQL | undefined)[] {
  return [
    wanted.ownerId === undefined ? undefined : eq(tokens.ownerId, wanted.ownerId),
    ownerCondition(wanted.owner),
    wanted.ownerRole === undefined ? undefined : eq(users.role, wanted.ownerRole),
    wanted.ownerEnabled === undefined ? undefined : eq(users.enabled, wanted.ownerEnabled),
    wanted.search === undefined ? undefined : searchCondition(wanted.search),
    kindCondition(wanted.kind),
    stateCondition(wanted),
    expiryCondition(wanted.expiry),
    wanted.created && inRange(sql`${tokens.createdAt}`, wanted.created),
    lastUseCondition(wanted.lastUse),
    wanted.lifetime && lifetimeCondition(wanted.lifetime),
    wanted.address && addressCondition(wanted.address),
  ];
}

function ownerCondition(owner: TokenConditions["owner"]): SQL | undefined {
  if (owner === undefined) return undefined;
  if ("startsWith" in owner) return startsWith(sql`${tokens.ownerKey}`, owner.startsWith);
  return sql`${tokens.ownerKey} = lower(${owner.is}) collate "C"`;
}

// Trigrams need three characters; shorter text finds descriptions and owners that begin with it.
function searchCondition(text: string): SQL {
  if ([...text].length >= 3) return sql`${SEARCH_TEXT} like lower(${`%${escapeLike(text)}%`})`;
  return sql`(${startsWith(DESCRIPTION_KEY, text)} or ${startsWith(sql`${tokens.ownerKey}`, text)})`;
}

function kindCondition(kind: TokenConditions["kind"]): SQL | undefined {
  if (kind === undefined) return undefined;
  // Written out, because a partial index is only used for the literal condition.
  if ("is" in kind) {
    return kind.is === "session" ? sql`${tokens.kind} = 'session'` : eq(tokens.kind, kind.is);
  }
  return kind.not === "session"
    ? sql`${tokens.kind} <> 'session'`
    : sql`${tokens.kind} <> ${kind.not}`;
}

function stateCondition({ state, soonMs }: TokenConditions): SQL | undefined {
  const expiresAt = tokens.expiresAt;
  switch (state) {
    case undefined:
      return undefined;
    case "disabled":
      return sql`${tokens.enabled} = false`;
    case "expired":
      return sql`${tokens.enabled} = true and ${expiresAt} < now()`;
    case "live":
      return sql`${tokens.enabled} = true and ${expiresAt} >= now()`;
    case "expires-soon":
      return sql`${tokens.enabled} = true and ${expiresAt} >= now() and ${expiresAt} <= ${inMs(soonMs)}`;
    case "active":
      return sql`${tokens.enabled} = true and ${expiresAt} > ${inMs(soonMs)}`;
  }
}

function expiryCondition(expiry: TokenConditions["expiry"]): SQL | undefined {
  if (expiry === undefined) return undefined;
  if (expiry === "never") return sql`${tokens.expiresAt} = 'infinity'`;
  // What never ends does not end after any day.
  const ends = expiry.before ? undefined : sql`${tokens.expiresAt} < 'infinity'`;
  return and(inRange(sql`${tokens.expiresAt}`, expiry), ends);
}

function lastUseCondition(lastUse: TokenConditions["lastUse"]): SQL | undefined {
  if (lastUse === undefined) return undefined;
  const usedAt = sql`${tokenUses.lastUsedAt}`;
  if (lastUse === "never") return sql`${usedAt} = '-infinity'`;
  if ("unusedForMs" in lastUse) {
    // What was not used for so long has existed for so long: true of both, each with its index.
    const since = inMs(-lastUse.unusedForMs);
    return sql`${usedAt} < ${since} and ${tokens.createdAt} < ${since}`;
  }
  const wasUsed = lastUse.from ? undefined : sql`${usedAt} > '-infinity'`;
  return and(inRange(usedAt, lastUse), wasUsed);
}

function lifetimeCondition({
  aboveMs,
  derivedOnly,
}: {
  aboveMs: number | null;
  derivedOnly: boolean;
}) {
  // Nothing is longer than no maximum.
  if (aboveMs === null) return sql`${LIFETIME} > 9223372036854775807`;
  const isLonger = sql`${LIFETIME} > ${aboveMs}::bigint`;
  return derivedOnly ? sql`(${isLonger} and ${tokens.kind} <> 'session')` : isLonger;
}

function addressCondition({ first, last }: { first: string; last: string }): SQL {
  const isWithin =
    first === last
      ? sql`a.address = ${first}::text::inet`
      : sql`a.address between ${first}::text::inet and ${last}::text::inet`;
  return sql`exists (select 1 from token_addresses a where a.token_id = ${tokens.id} and ${isWithin})`;
}

function inRange(column: SQL, { from, before }: TimeRange): SQL | undefined {
  return and(
    from && sql`${column} >= ${instantOf(from)}`,
    before && sql`${column} < ${instantOf(before)}`,
  );
}

function instantOf(bound: Bound): SQL {
  return "at" in bound ? sql`${bound.at.toISOString()}::text::timestamptz` : inMs(bound.fromNowMs);
}

function inMs(ms: number): SQL {
  return ms === 0 ? sql`now()` : sql`now() + ${ms}::bigint * interval '1 millisecond'`;
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
