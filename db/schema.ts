import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { boundedInstant, byteOrderedText, instant } from "./columns";

export type Role = "user" | "verifier" | "admin";
export type StringMap = Record<string, string>;

export const users = pgTable(
  "users",
  {
    id: text().primaryKey(),
    username: text().notNull(),
    displayName: text().notNull().default(""),
    /** What tokens are sorted and selected by for their owner. */
    nameKey: byteOrderedText().notNull().generatedAlwaysAs(sql`lower(username)`),
    passwordHash: text(),
    role: text().$type<Role>().notNull(),
    /** Given by a group at the identity provider, which takes it away again. */
    roleFromGroup: boolean().notNull().default(false),
    enabled: boolean().notNull().default(true),
    /** Of the console's times; null is the browser's own. */
    timeZone: text(),
    dateFormat: text(),
    createdAt: instant({ precision: 0 }).notNull().default(sql`now()`),
    uid: uuid().notNull().defaultRandom(),
    resourceVersion: bigint({ mode: "number" }).notNull().default(0),
  },
  (table) => [
    unique("users_id_name_key").on(table.id, table.nameKey),
    uniqueIndex("users_username_unique").on(sql`lower(${table.username})`),
    index("users_name").on(table.nameKey, table.id),
    index("users_role").on(table.role),
    index("users_enabled").on(table.enabled),
    index("users_admins").on(table.id).where(sql`${table.role} = 'admin'`),
    index("users_search").using(
      "gin",
      sql`lower(${table.username} || ' ' || ${table.displayName}) gin_trgm_ops`,
    ),
  ],
);

/** Who a user is at an identity provider: its issuer and subject, never a name or an address. */
export const identities = pgTable(
  "identities",
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What the provider called the person at the last sign-in, to show only. */
    label: text().notNull(),
    linkedAt: instant({ precision: 0 }).notNull().default(sql`now()`),
    lastUsedAt: instant({ precision: 0 }).notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    index("identities_user").on(table.userId),
  ],
);

/** A link that sets a password once: one for each user, and only the hash of its secret. */
export const passwordLinks = pgTable("password_links", {
  userId: text()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  secretHash: text().notNull().unique("password_links_secret_hash_unique"),
  expiresAt: instant({ precision: 0 }).notNull(),
});

/** When the person behind a sign-in last proved who they are, after the sign-in itself. */
export const sessionProofs = pgTable("session_proofs", {
  tokenId: bigint({ mode: "number" })
    .primaryKey()
    .references(() => tokens.id, { onDelete: "cascade" }),
  provedAt: instant({ precision: 0 }).notNull(),
});

/** From where a user has signed in: guesses made elsewhere do not lock them out there. */
export const knownPlaces = pgTable(
  "known_places",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    place: text().notNull(),
    lastAt: instant({ precision: 0 }).notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.userId, table.place] })],
);

export const tokens = pgTable(
  "tokens",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull().unique(),
    uid: uuid().notNull().defaultRandom(),
    ownerId: text().notNull(),
    /** The owner's nameKey, kept here so that one index serves the order by owner. */
    ownerKey: byteOrderedText().notNull(),
    ownerPrincipal: jsonb().$type<StringMap>().notNull(),
    kind: text().notNull(),
    description: text().notNull(),
    ttlMs: bigint({ mode: "number" }).notNull(),
    enabled: boolean().notNull(),
    hash: text().notNull(),
    labels: jsonb().$type<StringMap>().notNull(),
    annotations: jsonb().$type<StringMap>().notNull(),
    createdAt: instant({ precision: 0 }).notNull(),
    expiresAt: boundedInstant({ precision: 3 }).notNull(),
    updatedAt: instant({ precision: 0 }).notNull(),
    resourceVersion: bigint({ mode: "number" }).notNull(),
    idempotencyKey: uuid(),
  },
  (table) => {
    const isSession = sql`${table.kind} = 'session'`;
    const descriptionKey = sql`(lower(left(${table.description}, 64)) collate "C")`;
    return [
      index("tokens_created").on(table.createdAt, table.id),
      index("tokens_created_derived")
        .on(table.createdAt, table.id)
        .where(sql`${table.kind} <> 'session'`),
      foreignKey({
        name: "tokens_owner",
        columns: [table.ownerId, table.ownerKey],
        foreignColumns: [users.id, users.nameKey],
      })
        .onDelete("cascade")
        .onUpdate("cascade"),
      index("tokens_owner_key").on(table.ownerKey, table.id),
      index("tokens_owner_created").on(table.ownerId, table.createdAt, table.id),
      index("tokens_owner_name").on(table.ownerId, table.name),
      index("tokens_expires").on(table.expiresAt, table.id),
      index("tokens_sessions").on(table.expiresAt, table.id).where(isSession),
      index("tokens_sessions_created").on(table.createdAt, table.id).where(isSession),
      index("tokens_sessions_state").on(table.enabled, table.expiresAt, table.id).where(isSession),
      // Hardly any has one: nearly all of them are one value, and a small index.
      index("tokens_sessions_description").on(descriptionKey, table.id).where(isSession),
      index("tokens_state").on(table.enabled, table.expiresAt, table.id),
      index("tokens_kind").on(table.kind, table.id),
      index("tokens_description").on(descriptionKey, table.id),
      // -1 is for ever: longer than any number.
      index("tokens_lifetime").on(
        sql`(case when ${table.ttlMs} < 0 then 9223372036854775807 else ${table.ttlMs} end)`,
        table.id,
      ),
      index("tokens_labels").using("gin", table.labels),
      index("tokens_search").using(
        "gin",
        sql`lower(${table.name} || ' ' || ${table.description} || ' ' || (${table.ownerKey} collate "default")) gin_trgm_ops`,
      ),
      uniqueIndex("tokens_idempotency_key")
        .on(table.ownerId, table.idempotencyKey)
        .where(sql`${table.idempotencyKey} is not null`),
    ];
  },
);

/** Kept apart from tokens, so that stamping a use never rewrites a token or its many indexes. */
export const tokenUses = pgTable(
  "token_uses",
  {
    tokenId: bigint({ mode: "number" })
      .primaryKey()
      .references(() => tokens.id, { onDelete: "cascade" }),
    lastUsedAt: boundedInstant({ precision: 0 }).notNull().default(sql`'-infinity'`),
    address: text(),
    userAgent: text(),
    firstUsedAt: instant({ precision: 0 }),
    /** From how many networks of those in token_addresses. */
    networks: smallint().notNull().default(0),
    /** As token_risk gave it last; of what can be used it is never 0. */
    risk: smallint().notNull().default(1),
    /** When time alone will change it; by then it is computed again. */
    riskDueAt: boundedInstant({ precision: 3 }).notNull().default(sql`'-infinity'`),
  },
  (table) => [
    index("token_uses_last_used").on(table.lastUsedAt, table.tokenId),
    index("token_uses_risk").on(table.risk, table.tokenId),
    index("token_uses_risk_due")
      .on(table.riskDueAt, table.tokenId)
      .where(sql`${table.riskDueAt} < 'infinity'`),
  ],
);

/** The last addresses from which a token was used. */
export const tokenAddresses = pgTable(
  "token_addresses",
  {
    tokenId: bigint({ mode: "number" })
      .notNull()
      .references(() => tokenUses.tokenId, { onDelete: "cascade" }),
    address: inet().notNull(),
    firstAt: instant({ precision: 0 }).notNull(),
    lastAt: instant({ precision: 0 }).notNull(),
    uses: bigint({ mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tokenId, table.address] }),
    index("token_addresses_address").on(table.address, table.tokenId),
  ],
);

/** The last programs that used a token. */
export const tokenAgents = pgTable(
  "token_agents",
  {
    tokenId: bigint({ mode: "number" })
      .notNull()
      .references(() => tokenUses.tokenId, { onDelete: "cascade" }),
    userAgent: byteOrderedText().notNull(),
    firstAt: instant({ precision: 0 }).notNull(),
    lastAt: instant({ precision: 0 }).notNull(),
    uses: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tokenId, table.userAgent] })],
);

/** How often a token was used on each of 30 days, of which `lastDay` is the last. */
export const tokenActivity = pgTable("token_activity", {
  tokenId: bigint({ mode: "number" })
    .primaryKey()
    .references(() => tokenUses.tokenId, { onDelete: "cascade" }),
  lastDay: date({ mode: "string" }).notNull(),
  uses: integer().array().notNull(),
});

/** By what the value of a token is found without its name; authenticates nobody. */
export const tokenPrints = pgTable("token_prints", {
  tokenId: bigint({ mode: "number" })
    .primaryKey()
    .references(() => tokens.id, { onDelete: "cascade" }),
  print: text().notNull().unique(),
});

/** A filter of a list of tokens with a name. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    ownerId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    list: text().$type<"own" | "all">().notNull(),
    name: text().notNull(),
    /** As addresses have it; what a later version cannot read of it is told where it is used. */
    query: text().notNull(),
    isShared: boolean().notNull(),
    createdAt: instant({ precision: 0 }).notNull().default(sql`now()`),
    updatedAt: instant({ precision: 0 }).notNull().default(sql`now()`),
  },
  (table) => [
    uniqueIndex("saved_views_name").on(table.ownerId, table.list, sql`lower(${table.name})`),
    index("saved_views_shared").on(table.list, table.id).where(sql`${table.isShared}`),
  ],
);

/** The view that a person's list opens with. */
export const defaultViews = pgTable(
  "default_views",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    list: text().$type<"own" | "all">().notNull(),
    viewId: bigint({ mode: "number" })
      .notNull()
      .references(() => savedViews.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.list] }),
    index("default_views_view").on(table.viewId),
  ],
);

/** Whose tokens' risk must be computed again, and up to which id that was done. */
export const riskOwners = pgTable("risk_owners", {
  ownerId: text().primaryKey(),
  afterId: bigint({ mode: "number" }).notNull().default(0),
});

/** One row: by which maximum of lifetimes (null: none) the risks were computed, and progress. */
export const riskPolicy = pgTable("risk_policy", {
  id: integer().primaryKey(),
  ttlMsMax: bigint({ mode: "number" }),
  /** The next maximum on its way, and up to which id tokens know it. */
  ttlMsMaxNext: bigint({ mode: "number" }),
  afterId: bigint({ mode: "number" }),
});

/**
 * What watches follow: one row per change that has a resource version, written by a trigger on
 * tokens. `token` is the row without its hash, of a deletion as it was last, under the deletion's
 * number. The oldest row marks where the history begins and is never delivered.
 */
export const tokenChanges = pgTable(
  "token_changes",
  {
    seq: bigint({ mode: "number" }).primaryKey(),
    at: instant({ precision: 0 }).notNull().default(sql`now()`),
    type: text().$type<"START" | "ADDED" | "MODIFIED" | "DELETED">().notNull(),
    ownerId: text().notNull(),
    token: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Of a modification: what selectors could see before it. */
    previous: jsonb().$type<{ labels: StringMap; enabled: boolean }>(),
  },
  (table) => [index("token_changes_owner").on(table.ownerId, table.seq)],
);

export const settings = pgTable("settings", {
  name: text().primaryKey(),
  value: text().notNull(),
  updatedAt: instant({ precision: 0 }).notNull().default(sql`now()`),
  resourceVersion: bigint({ mode: "number" }).notNull().default(0),
});

/**
 * Partitioned by the month of `at`, which never falls while `seq` rises: (at, seq) is the order of
 * both. Written by the function `audit_append` alone.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    seq: bigint({ mode: "number" }).notNull(),
    at: instant({ precision: 3 }).notNull(),
    actorId: text(),
    actorName: text().notNull(),
    actorToken: text(),
    action: text().notNull(),
    objectKind: text().notNull(),
    objectName: text().notNull(),
    ownerId: text(),
    outcome: text().$type<"success" | "failure" | "denied">().notNull(),
    reason: text(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    address: text(),
    userAgent: text(),
    requestId: text(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => {
    // Every filter has the whole order, and after it what else is often asked for at the same time:
    // what does not fit is passed over in the index, without a look at the event.
    const { at, seq, action, outcome } = table;
    return [
      primaryKey({ columns: [seq, at] }),
      index("audit_events_at").on(at, seq),
      index("audit_events_actor").on(sql`lower(${table.actorName})`, at, seq, action, outcome),
      index("audit_events_actor_id").on(table.actorId, at, seq),
      index("audit_events_owner").on(
        table.ownerId,
        at,
        seq,
        action,
        outcome,
        sql`lower(${table.actorName})`,
      ),
      index("audit_events_object").on(table.objectName, at, seq),
      index("audit_events_action").on(action, at, seq, outcome),
      index("audit_events_outcome").on(outcome, at, seq, action),
      index("audit_events_address").on(table.address, at, seq, action, outcome),
      index("audit_events_request").on(table.requestId, at, seq),
    ];
  },
);

/** One row: the end of the hash chain. Its lock orders commits, so `seq` is commit-ordered. */
export const auditChain = pgTable("audit_chain", {
  id: integer().primaryKey(),
  seq: bigint({ mode: "number" }).notNull(),
  hash: text().notNull(),
  at: instant({ precision: 3 }).notNull(),
  /** Up to when there are partitions. */
  coveredUntil: instant({ precision: 3 }).notNull(),
});

/** Where the chain goes on after months that were taken off it: one row for each of them. */
export const auditAnchors = pgTable("audit_anchors", {
  /** The table that holds them since then, until it is dropped. */
  name: text().primaryKey(),
  firstSeq: bigint({ mode: "number" }).notNull(),
  lastSeq: bigint({ mode: "number" }).notNull(),
  previousHash: text().notNull(),
  lastHash: text().notNull(),
  firstAt: instant({ precision: 3 }).notNull(),
  lastAt: instant({ precision: 3 }).notNull(),
  detachedAt: instant({ precision: 3 }).notNull(),
  exportedAt: instant({ precision: 3 }),
  droppedAt: instant({ precision: 3 }),
});

export const signInFailures = pgTable(
  "sign_in_failures",
  {
    key: byteOrderedText().primaryKey(),
    failures: integer().notNull(),
    windowEndsAt: instant({ precision: 3 }).notNull(),
  },
  (table) => [index("sign_in_failures_ends").on(table.windowEndsAt)],
);

export type BulkAction = "disable" | "enable" | "delete" | "extend" | "shorten";
export type BulkState = "collecting" | "running" | "done" | "cancelled" | "failed";

/** What was asked to be done to many tokens at once, by whom, and how far it has come. */
export const bulkJobs = pgTable(
  "bulk_jobs",
  {
    id: uuid().primaryKey(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    actorToken: text().notNull(),
    address: text(),
    userAgent: text(),
    scope: text().$type<"own" | "all">().notNull(),
    action: text().$type<BulkAction>().notNull(),
    /** Of an extension or a shortening; null there is never. */
    expiresAt: instant({ precision: 3 }),
    reason: text(),
    /** The filter as a query string; null where the tokens were named. */
    query: text(),
    state: text().$type<BulkState>().notNull(),
    /** Tokens that were changed after this event are left alone. */
    asOfSeq: bigint({ mode: "number" }).notNull(),
    /** Ids up to the first are collected, and up to the second are to be. */
    collectedId: bigint({ mode: "number" }).notNull(),
    lastId: bigint({ mode: "number" }).notNull(),
    /** Items up to this position have an outcome. */
    position: integer().notNull().default(0),
    total: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    skipped: integer().notNull().default(0),
    /** Why it failed. */
    problem: text(),
    /** How often in a row a batch could not be stored. */
    attempts: smallint().notNull().default(0),
    createdAt: instant({ precision: 3 }).notNull().default(sql`now()`),
    finishedAt: instant({ precision: 3 }),
    /** The process that works on it, as long as it says so. */
    leaseBy: text(),
    leaseUntil: instant({ precision: 3 }).notNull().default(sql`now()`),
  },
  (table) => [
    index("bulk_jobs_waiting").on(table.leaseUntil).where(sql`${table.finishedAt} is null`),
    index("bulk_jobs_actor").on(table.actorId, table.createdAt, table.id),
    index("bulk_jobs_created").on(table.createdAt, table.id),
    index("bulk_jobs_finished").on(table.finishedAt),
  ],
);

/** The tokens of a bulk action in the order in which it takes them, and what became of each. */
export const bulkItems = pgTable(
  "bulk_items",
  {
    jobId: uuid()
      .notNull()
      .references(() => bulkJobs.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    /** Null of a name that there is no token of, as far as the actor can see. */
    tokenId: bigint({ mode: "number" }),
    tokenName: text().notNull(),
    ownerId: text(),
    /** Null while it waits. */
    outcome: text().$type<"changed" | "skipped">(),
    why: text(),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.position] }),
    index("bulk_items_skipped")
      .on(table.jobId, table.position)
      .where(sql`${table.outcome} = 'skipped'`),
  ],
);
