import { randomBytes } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, inject, vi } from "vitest";
import { isFeedCurrent, startChangeFeed, stopChangeFeed } from "../change-feed";
import { closeDatabase, type Executor, openDatabase } from "../client";

const POOL_SIZE = 10;

const { serverUrl, template, role } = inject("testDatabase");
const name = `latchkey_test_${randomBytes(6).toString("hex")}`;
const url = new URL(serverUrl);
url.pathname = name;

const server = postgres(serverUrl, { max: 1, onnotice: () => undefined });
const owner = postgres(url.href, { max: 2, onnotice: () => undefined });

// A test file that imports this has a database of its own, opened as the application opens it.
beforeAll(async () => {
  await server`create database ${server(name)} template ${server(template)}`;
  openDatabase({ url: url.href, poolSize: POOL_SIZE, ...(role ? { role } : {}) });
});

afterAll(async () => {
  await stopChangeFeed();
  await closeDatabase();
  await owner.end({ timeout: 5 });
  await server`drop database ${server(name)} with (force)`;
  await server.end({ timeout: 5 });
});

/** Follows changes from here on, as a server does. Resolves when the feed is current. */
export async function followChanges(): Promise<void> {
  startChangeFeed(url.href);
  await vi.waitUntil(isFeedCurrent, { timeout: 5_000, interval: 1 });
}

/** Runs SQL of a test as the owner of the database, who may do what the application may not. */
export function asDatabaseOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  return work(owner);
}

/** As asDatabaseOwner, for what journeys do to the database of a running Latchkey too. */
export function onOwnedDatabase<T>(work: (db: Executor) => Promise<T>): Promise<T> {
  return work(drizzle(owner));
}
