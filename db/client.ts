import { Semaphore, type SemaphoreInterface, withTimeout } from "async-mutex";
import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { catchUp } from "./change-feed";
import { connectTo } from "./connect";
import {
  isConnectionLoss,
  isDeadlock,
  isGivenUp,
  isNobodyThere,
  isTimedOut,
  isUnavailable,
  toDatabaseError,
  Unavailable,
} from "./errors";
import { processWide } from "./process-wide";
import { requestScope } from "./request-scope";
import { together } from "./together";

export interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** The role that statements run as; it cannot change audit events. Unset: the login's own. */
  role?: string;
}

type Executable = PostgresJsDatabase<Record<string, never>>;
/** A connection pool or an open transaction: what query functions of db/ run on. */
export type Executor = Pick<
  Executable,
  "select" | "insert" | "update" | "delete" | "execute" | "with" | "$with"
>;

interface Pool {
  options: DatabaseOptions;
  client: postgres.Sql;
  database: Executable;
  slots: Semaphore;
  /** The same, given up on after a while. */
  slotsInTime: SemaphoreInterface;
  /** Resolves when all that has committed is on disk. */
  flush: () => Promise<void>;
}

const SLOT_WAIT_MS = 2_000;
// As Kubernetes bounds them (--max-mutating-requests-inflight): more would only wait to be refused.
const WAITING_CHANGES_MAX = 200;
const DEADLINE_MS = 5_500;
const FINISH_SECONDS = 5;
// Short enough for a read to be repeated on a connection that is better.
const CONNECT_SECONDS = 3;
const REPEAT_WITHIN_MS = DEADLINE_MS - SLOT_WAIT_MS;

// A commit of its own that waits for the disk, and for a synchronous standby, has all before it there
// too. It is within a statement, so that this may take no longer than any other: else the server would
// wait for a standby for ever, on one more connection each time.
const FLUSH = "do $$ begin perform pg_logical_emit_message(true, 'latchkey', ''); COMMIT; end $$";
// When that time is over it answers as if the standby had it, with a notice from this function.
const WAIT_FOR_STANDBY = "SyncRepWaitForLSN";

const unflushed = new WeakSet<Executor>();

const shared = processWide("pool", () => ({
  pool: undefined as Pool | undefined,
  waiting: 0,
  waitingChanges: 0,
  flushedSeq: 0,
}));

/** Opens the process' one pool. Throws when it is open already. */
export function openDatabase(options: DatabaseOptions): void {
  if (shared.pool) throw new Error("the database is open already");
  shared.flushedSeq = 0;
  shared.pool = createPool(options);
}

/** Lets running statements finish for up to five seconds, then closes every connection. */
export async function closeDatabase(): Promise<void> {
  const pool = shared.pool;
  shared.pool = undefined;
  await pool?.client.end({ timeout: 5 });
}

/** How many connections are free and busy, and how much work waits for one. */
export function poolUse(): { free: number; busy: number; waiting: number } {
  const { pool, waiting } = shared;
  const free = pool?.slots.getValue() ?? 0;
  return { free, busy: (pool?.options.poolSize ?? 0) - free, waiting };
}

/**
 * Runs reads or one idempotent statement; repeats once when the connection was lost, or the database
 * undid it for a deadlock, as with a migration. `goesFirst` waits for a connection before all others:
 * for what is never many at once.
 * Throws Unavailable within 5.5 s when the database is away, frozen, or has no connection free.
 */
export async function query<T>(
  work: (db: Executor) => Promise<T>,
  { goesFirst = false } = {},
): Promise<T> {
  const startedAt = performance.now();
  const take = goesFirst ? acquireFirst : acquire;
  try {
    return await bounded((pool) => work(pool.database), startedAt, take);
  } catch (error) {
    // Late, it was lost because another query met the deadline: the time for both is over.
    const isLate = performance.now() - startedAt > REPEAT_WITHIN_MS;
    if (!(isConnectionLoss(error) || isDeadlock(error)) || isLate) throw reported(error);
  }
  return bounded((pool) => work(pool.database), startedAt, take).catch((error) => {
    throw reported(error);
  });
}

/**
 * Runs work in one transaction. It is repeated only after a deadlock, which has surely undone it: a
 * lost connection may have committed. Resolves after it is on disk, and this process has heard of
 * what was changed, so that nobody here is answered from before. Throws Unavailable at once when 200
 * others wait for a connection.
 */
export async function transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
  requireRoom();
  let isFlushed = true;
  const inTransaction = (pool: Pool) =>
    pool.database.transaction(async (tx) => {
      const result = await untilLost(work(tx));
      isFlushed = !unflushed.has(tx);
      return result;
    });
  const startedAt = performance.now();
  try {
    const result = await repeated(inTransaction, startedAt);
    if (!isFlushed) await flushCommits();
    return result;
  } catch (error) {
    throw reported(error);
  } finally {
    // Also after an error: it may have committed all the same.
    await catchUp();
  }
}

/**
 * Runs one statement that changes something, which is a transaction of its own: what it holds, the
 * end of the audit chain above all, it holds for no way to the server and back. Otherwise as
 * transaction().
 */
export async function change<T>(work: (db: Executor) => Promise<T>): Promise<T> {
  requireRoom();
  const startedAt = performance.now();
  try {
    const result = await repeated((pool) => work(pool.database), startedAt);
    await flushCommits();
    return result;
  } catch (error) {
    throw reported(error);
  } finally {
    await catchUp();
  }
}

/**
 * Runs reads in one transaction whose statements may take so long at most. Undefined when that was
 * not enough, which is no outage: the driver makes the transaction fail with its statement.
 */
export async function readWithin<T>(
  limitMs: number,
  read: (tx: Executor) => Promise<T>,
): Promise<T | undefined> {
  const limit = `${Math.max(Math.ceil(limitMs), 1)}ms`;
  try {
    return await bounded((pool) =>
      pool.database.transaction(async (tx) => {
        await untilLost(tx.execute(sql`select set_config('statement_timeout', ${limit}, true)`));
        return untilLost(read(tx));
      }),
    );
  } catch (error) {
    if (isTimedOut(error)) return undefined;
    throw reported(error);
  }
}

/** Of a transaction that commits before it is on disk, so that the next has not to wait for that. */
export function commitsUnflushed(tx: Executor): void {
  unflushed.add(tx);
}

/** Resolves when everything that this database has committed by now, for anybody, is on disk. */
async function flushCommits(): Promise<void> {
  const pool = shared.pool;
  if (!pool) throw new Error("the database is not open");
  await inTime(pool, pool.flush(), DEADLINE_MS);
}

/**
 * Resolves when the change of that number is on disk: whoever is told of it may go on from there,
 * and must not find another change under the number after a crash. Throws Unavailable.
 */
export async function flushUpTo(seq: number): Promise<void> {
  if (seq <= shared.flushedSeq) return;
  await flushCommits().catch((error) => {
    throw reported(error);
  });
  shared.flushedSeq = Math.max(shared.flushedSeq, seq);
}

// After its connection was lost a transaction fails by itself, with that connection. Told of it, the
// driver would still undo it there, and write to a socket that is gone: that ends the process.
function untilLost<T>(work: Promise<T>): Promise<T> {
  return work.catch((error) => {
    if (isConnectionLoss(error) && !isGivenUp(error)) return new Promise<never>(() => undefined);
    throw error;
  });
}

function reported(error: unknown): unknown {
  const databaseError = toDatabaseError(error);
  const scope = requestScope.getStore();
  if (scope && isUnavailable(databaseError)) scope.outage = true;
  return databaseError;
}

async function repeated<T>(work: (pool: Pool) => Promise<T>, startedAt: number): Promise<T> {
  for (;;) {
    try {
      return await bounded(work, startedAt, acquireForChange);
    } catch (error) {
      const isLate = performance.now() - startedAt > REPEAT_WITHIN_MS;
      if (!isDeadlock(error) || isLate) throw error;
    }
  }
}

async function bounded<T>(
  work: (pool: Pool) => Promise<T>,
  startedAt = performance.now(),
  take = acquire,
): Promise<T> {
  const pool = shared.pool;
  if (!pool) throw new Error("the database is not open");
  const release = await take(pool);
  try {
    return await inTime(pool, work(pool), DEADLINE_MS - (performance.now() - startedAt));
  } finally {
    release();
  }
}

async function inTime<T>(pool: Pool, work: Promise<T>, remainingMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      replacePool(pool, 0);
      reject(new Unavailable("deadline"));
    }, remainingMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } catch (error) {
    if (isConnectionLoss(error) && !isNobodyThere(error)) replacePool(pool, FINISH_SECONDS);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function acquireFirst(pool: Pool): Promise<() => void> {
  return acquire(pool, 1);
}

async function acquire(pool: Pool, priority = 0): Promise<() => void> {
  shared.waiting += 1;
  try {
    // Where nobody has to wait, a timer would be most of the work.
    const slots = pool.slots.isLocked() ? pool.slotsInTime : pool.slots;
    const [, release] = await slots.acquire(1, priority);
    return release;
  } catch {
    throw new Unavailable("no free connection");
  } finally {
    shared.waiting -= 1;
  }
}

/** Whether one more change may wait for a connection: where 200 others do, it is refused. */
export function hasRoomForChange(): boolean {
  return shared.waitingChanges < WAITING_CHANGES_MAX;
}

// Reads are not refused for it: they wait behind no more changes than these.
function requireRoom(): void {
  if (!hasRoomForChange()) throw new Unavailable("too many changes wait");
}

async function acquireForChange(pool: Pool): Promise<() => void> {
  shared.waitingChanges += 1;
  try {
    return await acquire(pool);
  } finally {
    shared.waitingChanges -= 1;
  }
}

// The server cancels a slow statement after five seconds; past that deadline it is frozen, and
// postgres.js would wait for ever: then everything on the old connections fails at once. Where one of
// them was lost, the others may finish. postgres.js can leave what was lost while it was written to
// so that it never connects again, and answers each query that it is given with a timeout.
function replacePool(stale: Pool, finishSeconds: number): void {
  if (shared.pool !== stale) return;
  shared.pool = createPool(stale.options);
  stale.client.end({ timeout: finishSeconds }).catch(() => undefined);
}

function createPool(options: DatabaseOptions): Pool {
  let unreplicated = 0;
  const client = connectTo(options.url, {
    // One more than there are slots, for flushes: they never wait behind what waits for them.
    max: options.poolSize + 1,
    idle_timeout: 30,
    max_lifetime: 1_800,
    connect_timeout: CONNECT_SECONDS,
    fetch_types: false,
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: ({ routine }) => {
      if (routine === WAIT_FOR_STANDBY) unreplicated += 1;
    },
    connection: {
      application_name: "latchkey",
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      TimeZone: "UTC",
      // A page is read in milliseconds: to start helpers for it takes many times as long.
      max_parallel_workers_per_gather: "0",
      // What appends to the audit trail commits without waiting for the disk: transaction() does,
      // after the end of the chain is free again, for all that wait at the same time at once.
      "latchkey.flushes": "on",
      ...(options.role ? { role: options.role } : {}),
    },
  });
  const slots = new Semaphore(options.poolSize);
  return {
    options,
    client,
    database: drizzle(client, { casing: "snake_case" }),
    slots,
    slotsInTime: withTimeout(slots, SLOT_WAIT_MS),
    flush: together(async () => {
      const before = unreplicated;
      await client.unsafe(FLUSH);
      if (unreplicated > before) throw new Unavailable("no synchronous standby");
    }),
  };
}
