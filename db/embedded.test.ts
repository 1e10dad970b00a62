import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedDatabaseUrl, removeEmbeddedDatabase, startEmbeddedDatabase } from "./embedded";
import { findPostmaster } from "./embedded-postmaster";

const root = mkdtempSync(path.join(tmpdir(), "latchkey-embedded-"));
const dataDir = path.join(root, "data");

beforeAll(() => mkdirSync(dataDir, { mode: 0o700 }));
afterAll(async () => {
  await removeEmbeddedDatabase({ dataDir });
  rmSync(root, { recursive: true });
});

function record(): { externalDir?: string; clusterName: string; port: number } {
  return JSON.parse(readFileSync(path.join(dataDir, "postgres.json"), "utf8"));
}

function clusterDir(): string {
  const { externalDir, clusterName } = record();
  return path.join(externalDir ?? path.join(dataDir, "postgres"), clusterName);
}

async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await question(sql);
  } finally {
    await sql.end();
  }
}

// The killed postmaster's children hold the port until they notice.
async function squatOn(port: number): Promise<Server> {
  for (;;) {
    const server = createServer().listen(port, "127.0.0.1");
    const outcome = await Promise.race([
      once(server, "listening").then(() => server),
      once(server, "error").then(() => null),
    ]).catch(() => null);
    if (outcome) return outcome;
    await sleep(50);
  }
}

test("a database lives through restarts, crashes and a taken port", {
  timeout: 30_000,
}, async () => {
  expect(await embeddedDatabaseUrl({ dataDir })).toBeUndefined();

  const first = await startEmbeddedDatabase({ dataDir });
  expect(statSync(path.join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
  expect(await embeddedDatabaseUrl({ dataDir })).toBe(first.url);
  const settings = await ask(first.url, async (sql) => {
    await sql`create table kept (word text)`;
    await sql`insert into kept values ('here')`;
    const names = ["fsync", "full_page_writes", "synchronous_commit", "server_encoding"];
    const rows = await sql`select name, setting from pg_settings where name in ${sql(names)}`;
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  });
  expect(settings).toEqual({
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    server_encoding: "UTF8",
  });

  // The process that started it was killed: it still runs, and the next start takes over.
  const second = await startEmbeddedDatabase({ dataDir });
  expect(second.url).toBe(first.url);

  // Postgres itself was killed, and something else took its port.
  const postmaster = await findPostmaster(clusterDir());
  process.kill(postmaster?.pid ?? 0, "SIGKILL");
  while (await findPostmaster(clusterDir())) await new Promise(setImmediate);
  const squatter = await squatOn(record().port);
  const third = await startEmbeddedDatabase({ dataDir });
  squatter.close();
  expect(third.url).not.toBe(first.url);
  expect(await ask(third.url, (sql) => sql`select word from kept`)).toEqual([{ word: "here" }]);

  await third.stop();
  expect(await embeddedDatabaseUrl({ dataDir })).toBeUndefined();
  await third.stop();
});

test("a wrong password is refused", { timeout: 15_000 }, async () => {
  const { url, stop } = await startEmbeddedDatabase({ dataDir });
  const wrong = new URL(url);
  wrong.password = "guessed";
  await expect(ask(wrong.href, (sql) => sql`select 1`)).rejects.toThrow("password");
  await stop();
});

test("a pid file that names another process is nothing to stop", async () => {
  writeFileSync(path.join(clusterDir(), "postmaster.pid"), `${process.pid}\n${clusterDir()}\n`);
  expect(await findPostmaster(clusterDir())).toBeUndefined();
});
