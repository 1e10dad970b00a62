import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { appendFile, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findSystemUser, runAs, type SystemUser } from "@/db/embedded-binaries";
import { findPostmaster } from "@/db/embedded-postmaster";
import { blocksOf } from "./document";
import { freePorts } from "./latchkey";
import { endPostmaster } from "./postgres";

/** A server of the PostgreSQL that this system has, which is not the one that Latchkey brings. */
export interface SystemPostgres {
  port: number;
  /** How the role `latchkey` reaches the database of that name. */
  url: string;
  /** Appends lines to its configuration, of which it reads what does not need a restart. */
  configure: (...lines: string[]) => Promise<void>;
  /** SIGINT in good order, SIGKILL as a crash, of which its children end by themselves. */
  end: (signal: NodeJS.Signals) => Promise<void>;
  start: () => Promise<void>;
  /** Runs statements of a document, one a line, as the superuser; on that database. */
  execute: (statements: string, database?: string) => Promise<void>;
  /** Another server, perhaps on a port of old, that follows this one as `latchkey_standby`. */
  makeStandby: (port?: number) => Promise<SystemPostgres>;
  /** A standby follows nobody any more, and takes changes. */
  promote: () => Promise<void>;
  remove: () => Promise<void>;
}

const PASSWORD = randomBytes(12).toString("hex");
const DEBIAN = "/usr/lib/postgresql";
const SETTINGS = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  "max_connections = 60",
  "shared_buffers = '64MB'",
];

/** Where initdb, pg_ctl, pg_dump and the others are: of the newest version that Debian has. */
export function binariesOfSystem(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const folders = [
    ...versions.toSorted((a, b) => b - a).map((version) => path.join(DEBIAN, `${version}`, "bin")),
    ...(process.env.PATH ?? "").split(path.delimiter),
  ];
  // Of a version that has programs for clients alone it is not there.
  const folder = folders.find((each) => existsSync(path.join(each, "pg_ctl")));
  if (!folder) throw new Error("this system has no PostgreSQL");
  return folder;
}

/** A new server with the role and the database of docs/operate.md, whose role is no superuser. */
export async function makeSystemPostgres(): Promise<SystemPostgres> {
  const user = await findSystemUser();
  const folder = await makeFolder(user);
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, `${PASSWORD}\n`);
  if (user) await chown(passwordFile, user.uid, user.gid);
  await runAs(user, path.join(binariesOfSystem(), "initdb"), [
    `--pgdata=${clusterIn(folder)}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ]);
  const server = serverIn(folder, user, await freePort());
  await server.configure(...SETTINGS);
  await server.start();
  const [block = ""] = blocksOf("docs/operate.md", "A database for it", "sql");
  await server.execute(block.replace("'…'", `'${PASSWORD}'`));
  return server;
}

function serverIn(folder: string, user: SystemUser | undefined, port: number): SystemPostgres {
  const cluster = clusterIn(folder);
  const run = (program: string, args: string[]) =>
    runAs(user, path.join(binariesOfSystem(), program), args);
  const isUp = async () => Boolean(await findPostmaster(cluster));
  const configure = async (...lines: string[]) => {
    await appendFile(path.join(cluster, "postgresql.auto.conf"), `${lines.join("\n")}\n`);
    if (await isUp()) await run("pg_ctl", ["reload", `--pgdata=${cluster}`]);
  };
  const end = (signal: NodeJS.Signals) => endPostmaster(cluster, signal);
  const start = async () => {
    await run("pg_ctl", [
      "start",
      "--wait",
      `--pgdata=${cluster}`,
      `--log=${path.join(folder, "postgres.log")}`,
      `--options=-p ${port}`,
    ]);
  };
  const makeStandby = async (itsPort?: number) => {
    const other = await makeFolder(user);
    await run("pg_basebackup", [
      `--pgdata=${clusterIn(other)}`,
      `--dbname=${urlOf(port, "postgres", "postgres")}?application_name=latchkey_standby`,
      "--write-recovery-conf",
      "--checkpoint=fast",
      "--no-sync",
    ]);
    const standby = serverIn(other, user, itsPort ?? (await freePort()));
    // Copied with all else: a new primary would wait for a standby that it does not have.
    await standby.configure("synchronous_standby_names = ''");
    await standby.start();
    return standby;
  };
  return {
    port,
    url: urlOf(port, "latchkey", "latchkey"),
    configure,
    end,
    start,
    execute: async (statements, database = "postgres") => {
      await run("psql", [
        `--dbname=${urlOf(port, "postgres", database)}`,
        "--set=ON_ERROR_STOP=1",
        ...statements
          .split("\n")
          .filter(Boolean)
          .map((line) => `--command=${line}`),
      ]);
    },
    makeStandby,
    promote: async () => {
      await run("pg_ctl", ["promote", "--wait", `--pgdata=${cluster}`]);
    },
    remove: async () => {
      if (await isUp()) await end("SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

async function makeFolder(user: SystemUser | undefined): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-postgres-"));
  if (user) await chown(folder, user.uid, user.gid);
  return folder;
}

function clusterIn(folder: string): string {
  return path.join(folder, "cluster");
}

function urlOf(port: number, role: string, database: string): string {
  return `postgres://${role}:${PASSWORD}@127.0.0.1:${port}/${database}`;
}
