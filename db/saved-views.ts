import { and, asc, count, eq, or, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { defaultViews, savedViews, users } from "./schema";

export type ViewList = "own" | "all";

/** Which views a person may see: their own, and shared ones where they may see those. */
export interface ViewScope {
  userId: string;
  withShared: boolean;
}

export type ViewRecord = Awaited<ReturnType<typeof selectViews>>[number];

/** The views of a list, by name, with whose they are and whose lists open with them. */
export function listViews(db: Executor, list: ViewList, scope: ViewScope): Promise<ViewRecord[]> {
  return selectViews(db, scope, and(eq(savedViews.list, list), isVisible(scope)));
}

/** The view of that number within the scope, or undefined. */
async function findView(
  db: Executor,
  id: number,
  scope: ViewScope,
): Promise<ViewRecord | undefined> {
  const [view] = await selectViews(db, scope, and(eq(savedViews.id, id), isVisible(scope)));
  return view;
}

/** As findView, held until the transaction ends. */
export async function lockView(
  tx: Executor,
  id: number,
  scope: ViewScope,
): Promise<ViewRecord | undefined> {
  await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(eq(savedViews.id, id))
    .for("update");
  return findView(tx, id, scope);
}

function selectViews(db: Executor, { userId }: ViewScope, condition: SQL | undefined) {
  const defaults = sql`(select count(*) from default_views d where d.view_id = ${savedViews.id}`;
  return db
    .select({
      id: savedViews.id,
      ownerId: savedViews.ownerId,
      ownerName: users.username,
      list: savedViews.list,
      name: savedViews.name,
      query: savedViews.query,
      isShared: savedViews.isShared,
      isDefault: sql<boolean>`${defaults} and d.user_id = ${userId}) > 0`,
      /** How many others have it as their default. */
      defaultsOfOthers: sql`${defaults} and d.user_id <> ${userId})`.mapWith(Number),
    })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.ownerId))
    .where(condition)
    .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
}

function isVisible({ userId, withShared }: ViewScope): SQL | undefined {
  const isOwn = eq(savedViews.ownerId, userId);
  return withShared ? or(isOwn, eq(savedViews.isShared, true)) : isOwn;
}

/** The view that the person's list opens with, if they may see it still. */
export async function findDefaultView(
  db: Executor,
  list: ViewList,
  { userId, withShared }: ViewScope,
): Promise<{ id: number; query: string } | undefined> {
  const find = preparedOnce(db, "find_default_view", () =>
    db
      .select({ id: savedViews.id, query: savedViews.query })
      .from(defaultViews)
      .innerJoin(savedViews, eq(savedViews.id, defaultViews.viewId))
      .where(
        and(
          eq(defaultViews.userId, sql.placeholder("userId")),
          eq(defaultViews.list, sql.placeholder("list")),
          or(
            eq(savedViews.ownerId, sql.placeholder("userId")),
            and(eq(savedViews.isShared, true), sql`${sql.placeholder("withShared")}::boolean`),
          ),
        ),
      )
      .prepare("find_default_view"),
  );
  const [view] = await find.execute({ userId, list, withShared });
  return view;
}

export async function countViews(db: Executor, ownerId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(savedViews)
    .where(eq(savedViews.ownerId, ownerId));
  return row?.count ?? 0;
}

type NewView = Pick<ViewRecord, "ownerId" | "list" | "name" | "query" | "isShared">;

/** Stores a new view. Throws a unique violation where its owner has one of that name. */
export async function insertView(tx: Executor, view: NewView): Promise<number> {
  const [row] = await tx.insert(savedViews).values(view).returning({ id: savedViews.id });
  if (!row) throw new Error("insert returned no row");
  return row.id;
}

/** Changes a view. Throws a unique violation where its owner has another of that name. */
export async function updateView(
  tx: Executor,
  id: number,
  changes: Partial<Pick<NewView, "name" | "query" | "isShared">>,
): Promise<void> {
  await tx
    .update(savedViews)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(savedViews.id, id));
}

export async function deleteView(tx: Executor, id: number): Promise<void> {
  await tx.delete(savedViews).where(eq(savedViews.id, id));
}

/** The list opens with this view from now on; with none, as it is. */
export async function storeDefaultView(
  tx: Executor,
  userId: string,
  list: ViewList,
  viewId: number | null,
): Promise<void> {
  if (viewId === null) {
    const isIt = and(eq(defaultViews.userId, userId), eq(defaultViews.list, list));
    await tx.delete(defaultViews).where(isIt);
    return;
  }
  await tx
    .insert(defaultViews)
    .values({ userId, list, viewId })
    .onConflictDoUpdate({ target: [defaultViews.userId, defaultViews.list], set: { viewId } });
}
