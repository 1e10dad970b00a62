import { randomBytes } from "node:crypto";
import type postgres from "postgres";
import { connectTo } from "./connect";
import { processWide } from "./process-wide";

/** What has committed, on any process. "gap": something may have been missed, so look again. */
export type Change =
  | { kind: "token"; name: string }
  | { kind: "user"; id: string }
  | { kind: "settings" }
  | { kind: "gap" };

interface Connection {
  id: string;
  client: postgres.Sql;
  /** Until it has joined: of giving it up; from then on of its beats. */
  timer: NodeJS.Timeout;
  beats: number;
  /** Beats on their way, by number. */
  arrivals: Map<number, (databaseMs?: number) => void>;
}

const CHANNEL = "latchkey";
const BEAT_INTERVAL_MS = 200;
const BEAT_TIMEOUT_MS = 500;
// Below the second within which a stopped token stops everywhere, with room for the check itself.
const CURRENT_MS = 700;
const RECONNECT_MS = 250;
const JOIN_MS_MAX = 1_500;
const HERALD = 0;

const feed = processWide("change-feed", () => ({
  url: undefined as string | undefined,
  connection: undefined as Connection | undefined,
  listeners: new Set<(change: Change) => void>(),
  /** On the clock of performance.now(). */
  currentUntilMs: Number.NEGATIVE_INFINITY,
  lagMs: Number.NaN,
  /** What the database's clock shows more than performance.now(). */
  clockAheadMs: performance.timeOrigin,
}));

/** Starts to follow committed changes, for as long as the process runs, over lost connections. */
export function startChangeFeed(url: string): void {
  if (feed.url !== undefined) throw new Error("the change feed runs already");
  feed.url = url;
  connect();
}

/** Ends it. From then on nothing is current. */
export async function stopChangeFeed(): Promise<void> {
  feed.url = undefined;
  const { connection } = feed;
  lose();
  await connection?.client.end({ timeout: 1 }).catch(() => undefined);
}

/** Calls the listener for every change, in the order of the commits. Returns what ends that. */
export function onChange(listener: (change: Change) => void): () => void {
  feed.listeners.add(listener);
  return () => feed.listeners.delete(listener);
}

/** Whether every change that committed more than 0.7 s ago, on any process, has been heard of. */
export function isFeedCurrent(): boolean {
  return performance.now() < feed.currentUntilMs;
}

/**
 * The database's clock as of the last beat, so that it is right again soon after this machine slept
 * or that clock was set. Never behind, and ahead by no more than a beat took; without one, our own.
 */
export function databaseNowMs(): number {
  return performance.now() + feed.clockAheadMs;
}

/** How long the last beat was on its way; not a number while there was none. */
export function feedLagMs(): number {
  return feed.lagMs;
}

/**
 * Resolves when every change that has committed by now was heard of. When that takes longer than
 * half a second the feed counts as lost, and everybody asks the database: never rejects.
 */
export async function catchUp(): Promise<void> {
  const { connection } = feed;
  if (!connection || !isFeedCurrent()) return tell({ kind: "gap" });
  await beat(connection);
}

function connect(): void {
  const { url } = feed;
  if (url === undefined) return;
  const isThis = () => feed.connection === connection;
  const client = connectTo(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 3,
    fetch_types: false,
    onnotice: () => undefined,
    onclose: () => isThis() && reconnect(),
    connection: { application_name: "latchkey feed", statement_timeout: 5_000 },
    // Not in its types, though its own listen() is made of it: that one hides lost connections.
    ...{ onnotify: (_channel: string, text: string) => isThis() && receive(connection, text) },
  });
  const connection: Connection = {
    id: randomBytes(6).toString("hex"),
    client,
    timer: setTimeout(() => isThis() && reconnect(), JOIN_MS_MAX).unref(),
    beats: 0,
    arrivals: new Map(),
  };
  feed.connection = connection;
  client
    .unsafe(`listen ${CHANNEL}`)
    .then(() => hear(connection, url))
    .then(() => {
      if (!isThis()) return;
      clearTimeout(connection.timer);
      connection.timer = setInterval(() => beat(connection), BEAT_INTERVAL_MS).unref();
      return beat(connection);
    })
    .catch(() => isThis() && reconnect());
}

// Behind a pooler that shares connections our own beats may come back and nothing else: what another
// connection tells while this one asks nothing arrives at a session alone.
async function hear(connection: Connection, url: string): Promise<void> {
  const herald = connectTo(url, {
    max: 1,
    connect_timeout: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: "latchkey herald" },
  });
  try {
    const heard = new Promise<void>((resolve) => {
      connection.arrivals.set(HERALD, () => resolve());
    });
    const told = herald.unsafe(
      `select pg_notify('${CHANNEL}', 'beat ${connection.id} ${HERALD} ')`,
    );
    // Over with the connection that it is for, also while it waits to be let in.
    await Promise.race([heard, told.then(() => heard)]);
  } finally {
    connection.arrivals.delete(HERALD);
    herald.end({ timeout: 0 }).catch(() => undefined);
  }
}

function reconnect(): void {
  const stale = feed.connection;
  lose();
  stale?.client.end({ timeout: 0 }).catch(() => undefined);
  setTimeout(() => feed.connection ?? connect(), RECONNECT_MS).unref();
}

function lose(): void {
  const { connection } = feed;
  feed.connection = undefined;
  feed.currentUntilMs = Number.NEGATIVE_INFINITY;
  if (connection) clearInterval(connection.timer);
  for (const arrive of connection?.arrivals.values() ?? []) arrive();
  tell({ kind: "gap" });
}

// Notifications arrive in the order of the commits. What comes back of our own shows that all
// that committed before it was sent has been delivered, and that the connection still listens.
async function beat(connection: Connection): Promise<void> {
  if (feed.connection !== connection) return;
  connection.beats += 1;
  const number = connection.beats;
  const sentMs = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      if (feed.connection === connection) reconnect();
      resolve();
    }, BEAT_TIMEOUT_MS);
    connection.arrivals.set(number, (databaseMs) => {
      clearTimeout(timer);
      connection.arrivals.delete(number);
      if (feed.connection === connection) {
        feed.currentUntilMs = Math.max(feed.currentUntilMs, sentMs + CURRENT_MS);
        feed.lagMs = performance.now() - sentMs;
        if (databaseMs !== undefined) feed.clockAheadMs = databaseMs - sentMs;
      }
      resolve();
    });
    const beat = `beat ${connection.id} ${number} `;
    connection.client`select pg_notify(${CHANNEL},
      ${beat}::text || (extract(epoch from clock_timestamp()) * 1000)::text)`.catch(
      () => undefined,
    );
  });
}

function receive(connection: Connection, text: string): void {
  const [kind, subject = "", number, clock] = text.split(" ");
  if (kind === "beat") {
    if (subject === connection.id) connection.arrivals.get(Number(number))?.(Number(clock));
  } else if (kind === "token") tell({ kind, name: subject });
  else if (kind === "user") tell({ kind, id: subject });
  else tell({ kind: kind === "settings" ? kind : "gap" });
}

function tell(change: Change): void {
  for (const listener of feed.listeners) listener(change);
}
