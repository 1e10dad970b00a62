import { and, asc, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { auditChain, tokenChanges, tokens, tokenUses, users } from "./schema";
import { selectionConditions, type TokenRequirement } from "./token-selection";
import { type TokenRecord, tokenRecord } from "./tokens";

export interface CollectionQuery {
  /** Only this owner's; undefined is everybody's. */
  ownerId: string | undefined;
  requirements: readonly TokenRequirement[];
  afterName: string | undefined;
  limit: number;
}

/** The last number given to a change, and the one before which the history is forgotten. */
export interface ChangeBounds {
  head: number;
  floor: number;
}

export async function readChangeBounds(db: Executor): Promise<ChangeBounds> {
  const [row] = await db
    .select({
      head: auditChain.seq,
      floor: sql<string>`(select min(seq) from ${tokenChanges})`.mapWith(Number),
    })
    .from(auditChain);
  if (!row) throw new Error("the audit chain has no end");
  return { head: row.head, floor: Number(row.floor) };
}

/**
 * The next tokens by name that meet every requirement, and the number of a change such that all
 * changes up to it are in these rows and every later one that is not has a higher number.
 */
export async function readCollection(
  db: Executor,
  wanted: CollectionQuery,
): Promise<{ rows: TokenRecord[]; head: number }> {
  // No rows tell no number, and one read after them could be of a change that they lack.
  const { head } = await readChangeBounds(db);
  const rows = await selectCollection(db, wanted);
  const [first] = rows;
  return { rows: rows.map(({ head: _, ...row }) => row), head: first?.head ?? head };
}

/** The statement of readCollection; each row has the number that is of the same snapshot. */
export function selectCollection(db: Executor, wanted: CollectionQuery) {
  const { ownerId, requirements, afterName, limit } = wanted;
  return db
    .select({
      ...tokenRecord,
      head: sql<number>`(select ${auditChain.seq} from ${auditChain})`.mapWith(Number).as("head"),
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.ownerId))
    .innerJoin(tokenUses, eq(tokenUses.tokenId, tokens.id))
    .where(and(...conditions(ownerId, requirements), past(afterName)))
    .orderBy(asc(tokens.name))
    .limit(limit);
}

/** Holds the next tokens by name until the transaction ends, all but one; returns their ids. */
export async function lockCollection(
  tx: Executor,
  wanted: CollectionQuery & { exceptName: string | undefined },
): Promise<number[]> {
  const { ownerId, requirements, afterName, exceptName, limit } = wanted;
  const rows = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(
      and(
        ...conditions(ownerId, requirements),
        past(afterName),
        exceptName === undefined ? undefined : ne(tokens.name, exceptName),
      ),
    )
    .orderBy(asc(tokens.name))
    .limit(limit)
    .for("update");
  return rows.map((row) => row.id);
}

function conditions(ownerId: string | undefined, requirements: CollectionQuery["requirements"]) {
  const own = ownerId === undefined ? [] : [eq(tokens.ownerId, ownerId)];
  return [...own, ...selectionConditions(requirements)];
}

function past(name: string | undefined): SQL | undefined {
  return name === undefined ? undefined : gt(tokens.name, name);
}
