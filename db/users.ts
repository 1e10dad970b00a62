import { and, asc, count, desc, eq, gt, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { identities, type Role, users } from "./schema";

export type UserRecord = typeof users.$inferSelect;
type Changes = Partial<
  Pick<
    UserRecord,
    | "passwordHash"
    | "enabled"
    | "role"
    | "roleFromGroup"
    | "displayName"
    | "timeZone"
    | "dateFormat"
    | "resourceVersion"
  >
>;

/** The user of that name, whatever its case, or undefined. */
export async function findUserByUsername(
  db: Executor,
  username: string,
): Promise<UserRecord | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(sql`lower(${users.username}) = lower(${username})`);
  return row;
}

export async function findUser(db: Executor, id: string): Promise<UserRecord | undefined> {
  const [row] = await db.select().from(users).where(isUser(id));
  return row;
}

/** The user's row, held against changes until the transaction ends, or undefined. */
export async function lockUser(
  tx: Executor,
  id: string,
  strength: "share" | "update",
): Promise<UserRecord | undefined> {
  const [row] = await tx
    .select()
    .from(users)
    .where(isUser(id))
    .for(strength)
    .prepare("lock_user")
    .execute();
  return row;
}

/**
 * The user, held until the transaction ends together with every enabled administrator, so that two
 * changes cannot take the last two at once; and how many of the others are such administrators.
 * When `withIdentity`, which is asked once they are held, only those count who can sign in through
 * an identity provider.
 */
export async function lockUserAndAdmins(
  tx: Executor,
  id: string,
  { withIdentity }: { withIdentity: () => Promise<boolean> },
): Promise<{ user: UserRecord | undefined; otherAdmins: number }> {
  const isAdmin = and(eq(users.role, "admin"), eq(users.enabled, true));
  const rows = await tx
    .select()
    .from(users)
    .where(or(isUser(id), isAdmin))
    .orderBy(asc(users.id))
    .for("update");
  const linked = (await withIdentity()) ? await readLinkedAdmins(tx) : undefined;
  const others = rows.filter(
    (row) => row.id !== id && row.role === "admin" && row.enabled && (linked?.has(row.id) ?? true),
  );
  return { user: rows.find((row) => row.id === id), otherAdmins: others.length };
}

/** Keeps the enabled administrators as they are until the transaction ends. */
export async function lockAdmins(tx: Executor): Promise<void> {
  await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.enabled, true)))
    .orderBy(asc(users.id))
    .for("share");
}

/** The ids of the enabled administrators who can sign in through an identity provider. */
export async function readLinkedAdmins(db: Executor): Promise<Set<string>> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(identities, eq(identities.userId, users.id))
    .where(and(eq(users.role, "admin"), eq(users.enabled, true)));
  return new Set(rows.map(({ id }) => id));
}

export async function insertUser(
  tx: Executor,
  user: {
    id: string;
    username: string;
    passwordHash: string | null;
    role: Role;
    roleFromGroup?: boolean;
    displayName?: string;
    enabled?: boolean;
    resourceVersion?: number;
  },
): Promise<UserRecord> {
  const createdAt = sql`date_trunc('second', now())`;
  const [row] = await tx
    .insert(users)
    .values({ ...user, createdAt })
    .returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

export async function updateUser(tx: Executor, id: string, changes: Changes): Promise<void> {
  await tx.update(users).set(changes).where(eq(users.id, id));
}

/** Deletes the user with all that is theirs. The events of their tokens are stored before. */
export async function deleteUser(tx: Executor, id: string): Promise<void> {
  await tx.delete(users).where(eq(users.id, id));
}

export async function countUsers(db: Executor): Promise<number> {
  const [row] = await db.select({ count: count() }).from(users);
  return row?.count ?? 0;
}

export interface UserQuery {
  search: string | undefined;
  role: Role | undefined;
  enabled: boolean | undefined;
  /** Users whose id is every one of `is` and none of `isNot`; undefined is all. */
  named: { is: string[]; isNot: string[] } | undefined;
  /** Users after this one, by name. */
  after: string | undefined;
  /** The last of the users before this one, by name. */
  before?: string | undefined;
  limit: number;
}

/** The users that match every given condition, by name. */
export async function listUsers(db: Executor, query: UserQuery): Promise<UserRecord[]> {
  const backwards = query.before !== undefined;
  const rows = await db
    .select()
    .from(users)
    .where(
      and(
        query.search === undefined ? undefined : contains(query.search),
        query.role === undefined ? undefined : eq(users.role, query.role),
        query.enabled === undefined ? undefined : eq(users.enabled, query.enabled),
        ...(query.named?.is ?? []).map(isUser),
        ...(query.named?.isNot ?? []).map((id) => not(isUser(id))),
        query.after === undefined ? undefined : gt(users.nameKey, query.after),
        query.before === undefined ? undefined : lt(users.nameKey, query.before),
      ),
    )
    .orderBy(backwards ? desc(users.nameKey) : asc(users.nameKey))
    .limit(query.limit);
  return backwards ? rows.reverse() : rows;
}

// Trigrams need three characters; shorter text finds names that begin with it.
function contains(text: string): SQL {
  if ([...text].length < 3) {
    const end = `${text}\u{10ffff}`;
    return sql`(${users.nameKey} >= lower(${text}) collate "C" and ${users.nameKey} < lower(${end}) collate "C")`;
  }
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return sql`lower(${users.username} || ' ' || ${users.displayName}) like lower(${pattern})`;
}

// PostgreSQL takes no U+0000 in text, so no user has such an id.
function isUser(id: string): SQL {
  return id.includes("\u0000") ? sql`false` : eq(users.id, id);
}

/** How many enabled users have no identity at a provider. */
export async function countWithoutIdentity(db: Executor): Promise<number> {
  const [row] = await db.select({ count: count() }).from(users).where(WITHOUT_IDENTITY);
  return row?.count ?? 0;
}

/** Some of them by name, after a given one. */
export function listWithoutIdentity(db: Executor, page: { after: string; limit: number }) {
  const { username, displayName, role, nameKey } = users;
  return db
    .select({ username, displayName, role, nameKey })
    .from(users)
    .where(and(gt(nameKey, page.after), WITHOUT_IDENTITY))
    .orderBy(asc(nameKey))
    .limit(page.limit);
}

const WITHOUT_IDENTITY = sql`${users.enabled} and not exists (select 1 from identities i where i.user_id = ${users.id})`;
