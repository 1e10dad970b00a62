import { and, asc, eq, gt, sql } from "drizzle-orm";
import { type Executor, flushUpTo } from "./client";
import { auditChain, type StringMap, tokenChanges, users } from "./schema";
import type { TokenRecord } from "./tokens";

export interface TokenChange {
  seq: number;
  type: "ADDED" | "MODIFIED" | "DELETED";
  /** The token after the change, of a deletion before it; its version is `seq`. */
  token: TokenRecord;
  /** Of a modification: what selectors could see before it. */
  previous: { labels: StringMap; enabled: boolean } | null;
  /** About what it takes in memory. */
  size: number;
}

export interface ChangePart {
  changes: TokenChange[];
  /** Everything up to this number is in `changes`. */
  upTo: number;
  /** Whether there were no more when it was read. */
  isWhole: boolean;
  /** Changes before this number are forgotten. */
  floor: number;
}

const PART_SIZE = 100;
// One with large annotations may be a quarter of a megabyte.
const PART_BYTES = 1_000_000;

interface ChangeQuery {
  after: number;
  /** Only of this owner's tokens; undefined is everybody's. */
  ownerId: string | undefined;
}

/** The next changes after a number, in order, as many as are a good part. */
export async function readChanges(db: Executor, wanted: ChangeQuery): Promise<ChangePart> {
  const { after } = wanted;
  const rows = await selectChanges(db, wanted);
  const [first] = rows;
  if (!first) throw new Error("the audit chain has no end");
  const changes = rows.flatMap(toChange);
  const last = rows.at(-1);
  const isWhole = rows.length < PART_SIZE && Number(last?.total ?? 0) < PART_BYTES;
  const upTo = isWhole ? Math.max(first.head, after) : (last?.seq ?? after);
  await flushUpTo(upTo);
  return { changes, upTo, isWhole, floor: first.floor };
}

/** The statement of readChanges; one row without a change when there is none. */
export function selectChanges(db: Executor, { after, ownerId }: ChangeQuery) {
  const bytes = sql`octet_length(${tokenChanges.token}::text)`;
  const part = db
    .select({
      seq: tokenChanges.seq,
      type: tokenChanges.type,
      ownerId: tokenChanges.ownerId,
      token: tokenChanges.token,
      previous: tokenChanges.previous,
      bytes: bytes.as("bytes"),
      total: sql`sum(${bytes}) over (order by ${tokenChanges.seq})`.mapWith(Number).as("total"),
    })
    .from(tokenChanges)
    .where(
      and(
        gt(tokenChanges.seq, after),
        ownerId === undefined ? undefined : eq(tokenChanges.ownerId, ownerId),
      ),
    )
    .orderBy(asc(tokenChanges.seq))
    .limit(PART_SIZE)
    .as("part");
  // One statement, so that the end of the chain and the changes are of one snapshot.
  return db
    .select({
      head: auditChain.seq,
      floor: sql`(select min(seq) from ${tokenChanges})`.mapWith(Number).as("floor"),
      seq: part.seq,
      type: part.type,
      token: part.token,
      previous: part.previous,
      ownerName: users.username,
      ownerEnabled: users.enabled,
      total: part.total,
      readAt: sql`now()`.mapWith((value: string) => new Date(value)).as("read_at"),
    })
    .from(auditChain)
    .leftJoin(part, sql`${part.total} - ${part.bytes} < ${PART_BYTES}`)
    .leftJoin(users, eq(users.id, part.ownerId))
    .orderBy(asc(part.seq));
}

/**
 * Forgets changes that are older than the age or beyond the count, oldest first, at most `limit` at
 * once, and never the last one. Returns how many.
 */
export async function pruneChanges(
  db: Executor,
  { ageMsMax, countMax, limit }: { ageMsMax: number; countMax: number; limit: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from token_changes where seq in (
      select seq from token_changes
      where seq < (select max(seq) from token_changes)
        and (at < now() - ${ageMsMax}::bigint * interval '1 millisecond'
          or seq <= (select seq from token_changes order by seq desc offset ${countMax}::bigint limit 1))
      order by seq limit ${limit})
    returning seq`);
  return rows.length;
}

type Row = {
  seq: number | null;
  type: string | null;
  token: Record<string, unknown> | null;
  previous: TokenChange["previous"];
  ownerName: string | null;
  ownerEnabled: boolean | null;
  readAt: Date;
};

function toChange(row: Row): TokenChange[] {
  if (row.seq === null || row.token === null || row.type === "START") return [];
  const type = row.type as TokenChange["type"];
  const stored = row.token as unknown as StoredJson;
  const token: TokenRecord = {
    id: stored.id,
    name: stored.name,
    uid: stored.uid,
    ownerId: stored.owner_id,
    ownerPrincipal: stored.owner_principal,
    kind: stored.kind,
    description: stored.description,
    ttlMs: stored.ttl_ms,
    enabled: stored.enabled,
    labels: stored.labels,
    annotations: stored.annotations,
    createdAt: new Date(stored.created_at),
    expiresAt: toInstant(stored.expires_at),
    updatedAt: new Date(stored.updated_at),
    resourceVersion: row.seq,
    lastUsedAt: toInstant(stored.last_used_at),
    lastUsedAddress: null,
    lastUsedUserAgent: null,
    // An owner who is deleted has no name any more.
    ownerName: row.ownerName ?? "",
    ownerEnabled: row.ownerEnabled ?? false,
    readAt: row.readAt,
  };
  return [{ seq: row.seq, type, token, previous: row.previous, size: sizeOf(stored) }];
}

// The row of tokens as to_jsonb writes it.
interface StoredJson {
  id: number;
  name: string;
  uid: string;
  owner_id: string;
  owner_principal: StringMap;
  kind: string;
  description: string;
  ttl_ms: number;
  enabled: boolean;
  labels: StringMap;
  annotations: StringMap;
  created_at: string;
  expires_at: string;
  updated_at: string;
  last_used_at: string;
}

function toInstant(text: string): Date | null {
  return text.endsWith("infinity") ? null : new Date(text);
}

function sizeOf(stored: StoredJson): number {
  return (
    1_000 +
    Object.entries({ ...stored.labels, ...stored.annotations })
      .flat()
      .join("").length
  );
}
