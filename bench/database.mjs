import { createHash, randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";
import pg from "pg";
import { bundleProgram, hashSource } from "../scripts/build.mjs";

const SYMBOLS = "bcdfghjklmnpqrstvwxz2456789";

/**
 * A database of the benchmark's own: gives its address and a client; `remove` ends and deletes it.
 * Where asked, it keeps the time of every commit.
 */
export async function startDatabase({ keepsCommitTimes = false } = {}) {
  mkdirSync("dist", { recursive: true });
  const bundle = await bundleProgram("bench-database", "db/embedded.ts", hashSource());
  const embedded = await import(pathToFileURL(bundle).href);
  const dataDir = mkdtempSync(path.join(tmpdir(), "latchkey-bench-"));
  if (keepsCommitTimes) await keepCommitTimes(await embedded.startEmbeddedDatabase({ dataDir }));
  const { url, stop } = await embedded.startEmbeddedDatabase({ dataDir });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    url,
    client,
    remove: async () => {
      await client.end();
      await stop();
      await embedded.removeEmbeddedDatabase({ dataDir });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function keepCommitTimes({ url, stop }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("alter system set track_commit_timestamp = on");
  await client.end();
  await stop();
}

/** What Latchkey needs to run on this database; two processes of one installation share it. */
export function environmentFor({ url }) {
  return {
    DATABASE_URL: url,
    HTTPS_PORT: "off",
    NEXTAUTH_URL: "http://localhost",
    NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
    ADMIN_PASSWORD: "correct horse battery",
  };
}

/** Stores a user of this role with so many tokens that work for a day; gives their bearers. */
export async function addTokens({ client }, { user, role = "user", count, ttlMs = 86_400_000 }) {
  const made = Array.from({ length: count }, makeToken);
  await client.query(
    "insert into users (id, username, role) values ($1, $1, $2) on conflict do nothing",
    [user, role],
  );
  // Without triggers: these tokens are not of the history that watchers read.
  await client.query("set session_replication_role = replica");
  await client.query(
    `with made as (
       insert into tokens (name, owner_id, owner_key, owner_principal, kind, description, ttl_ms,
         enabled, hash, labels, annotations, created_at, expires_at, updated_at, resource_version)
       select name, $1, $1, jsonb_build_object('name', $1::text), '', 'bench', $4::bigint, true, hash, '{}', '{}', now(),
         now() + $4::bigint * interval '1 millisecond', now(), 0
       from unnest($2::text[], $3::text[]) as given (name, hash)
       returning id)
     insert into token_uses (token_id) select id from made`,
    [user, made.map(({ name }) => name), made.map(({ hash }) => hash), ttlMs],
  );
  await client.query("reset session_replication_role");
  return made.map(({ bearer }) => bearer);
}

/** Fills the table up to so many tokens, which nobody holds. */
export async function fillTo({ client }, total) {
  await client.query("set session_replication_role = replica");
  const { rows } = await client.query("select count(*)::int as count from tokens");
  await client.query(
    `with made as (
       insert into tokens (name, owner_id, owner_key, owner_principal, kind, description, ttl_ms,
         enabled, hash, labels, annotations, created_at, expires_at, updated_at, resource_version)
       select 'token-' || translate(substr(md5(n::text), 1, 5) || lpad(to_hex(n), 5, '0'),
           '0123456789abcdef', 'bcdfghjklmnpqrst'),
         'user-bench', 'user-bench', '{}', '', 'bench', 86400000, true, 'nobody''s', '{}', '{}',
         now(), now() + interval '1 day', now(), 0
       from generate_series($1::int, $2::int) n
       on conflict do nothing returning id)
     insert into token_uses (token_id) select id from made`,
    [rows[0].count + 1, total],
  );
  await client.query("reset session_replication_role");
  await client.query("vacuum analyze tokens");
  await client.query("vacuum analyze token_uses");
}

/** A bearer of the right form with a wrong checksum. */
export function withTypo(bearer) {
  const last = bearer.endsWith("b") ? "c" : "b";
  return bearer.slice(0, -1) + last;
}

function makeToken() {
  const name = `token-${symbols(10)}`;
  const random = symbols(47);
  const value = random + checksum(`${name}:${random}`);
  const digest = createHash("sha256").update(`${name}:${value}`).digest("base64url");
  return { name, hash: `v1:sha256:${digest}`, bearer: `ext/${name}:${value}` };
}

function symbols(length) {
  return Array.from({ length }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join("");
}

function checksum(text) {
  let rest = crc32(text);
  let result = "";
  for (let place = 0; place < 7; place += 1) {
    result = SYMBOLS[rest % 27] + result;
    rest = Math.floor(rest / 27);
  }
  return result;
}
