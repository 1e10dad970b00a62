import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { removeEmbeddedDatabase, startEmbeddedDatabase } from "../embedded";
import { migrateDatabase } from "../migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** A server on which databases can be made, the migrated one to clone, and its role. */
    testDatabase: { serverUrl: string; template: string; role: string | undefined };
  }
}

/**
 * Migrates one template database, on the server of TEST_DATABASE_URL or else on an embedded one
 * that lives as long as the run. Each test file that needs a database clones the template.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await provideServer();
  const template = `latchkey_template_${randomBytes(4).toString("hex")}`;
  await onServer(server.url, (sql) => sql`create database ${sql(template)}`);
  const url = new URL(server.url);
  url.pathname = template;
  const { role } = await migrateDatabase(url.href);
  project.provide("testDatabase", { serverUrl: server.url, template, role });
  return async () => {
    await onServer(server.url, (sql) => sql`drop database ${sql(template)} with (force)`);
    await server.stop();
  };
}

async function provideServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "latchkey-test-"));
  const embedded = await startEmbeddedDatabase({ dataDir });
  // Nothing here has to survive a crash of the machine.
  await onServer(embedded.url, async (sql) => {
    await sql`alter system set fsync = off`;
    await sql`alter system set synchronous_commit = off`;
    await sql`alter system set full_page_writes = off`;
    await sql`alter system set max_wal_size = '4GB'`;
    await sql`select pg_reload_conf()`;
  });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await removeEmbeddedDatabase({ dataDir });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
