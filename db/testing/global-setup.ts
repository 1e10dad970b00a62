import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "../migrate";
import { onServer, startTestServer, type TestServer } from "./server";

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

async function provideServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  return given ? { url: given, stop: () => Promise.resolve() } : startTestServer();
}
