import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const SOURCES = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "server.ts",
  "api",
  "app",
  "auth",
  "components",
  "db",
  "domain",
  "public",
  "scripts",
  "server",
];
const DIST_DIR = process.env.LATCHKEY_BENCH === "1" ? ".next-bench" : ".next";
const PAGES_STAMP = path.join(DIST_DIR, "latchkey-source");
const LOCK = `dist/build${DIST_DIR}.lock`;
const LOCK_POLL_MS = 200;

/** A fingerprint of everything that the programs and pages are made of. */
export function hashSource() {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap(filesIn)) {
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesIn(name) {
  if (!existsSync(name)) return [];
  if (path.extname(name) !== "") return [name];
  return readdirSync(name, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Bundles one program into dist/, unless the bundle there is of this source; gives its path. */
export async function bundleProgram(name, entry, hash) {
  const bundle = path.resolve("dist", `${name}.js`);
  const stamp = `dist/${name}.source`;
  if (existsSync(bundle) && readStamp(stamp) === hash) return bundle;
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: true,
    write: false,
    logLevel: "error",
  });
  // Another process may be about to import it.
  for (const file of outputFiles) replaceFile(file.path, file.contents);
  replaceFile(stamp, hash);
  return bundle;
}

/** Builds the pages, unless the build there is of this source. Two starts do not build at once. */
export async function buildPages(hash) {
  while (readStamp(PAGES_STAMP) !== hash) {
    if (!takeLock()) {
      await sleep(LOCK_POLL_MS);
      continue;
    }
    try {
      if (readStamp(PAGES_STAMP) === hash) return;
      rmSync(PAGES_STAMP, { force: true });
      process.stderr.write("Building the pages of this source. This is done once.\n");
      await runNextBuild();
      writeFileSync(PAGES_STAMP, hash);
    } finally {
      rmSync(LOCK, { force: true });
    }
  }
}

// Standard output belongs to the program that is started.
function runNextBuild() {
  const build = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    stdio: ["ignore", 2, 2],
  });
  const stop = (signal) => {
    build.kill(signal);
    rmSync(LOCK, { force: true });
    process.exit(1);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return new Promise((resolve) => {
    build.once("exit", (code) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      if (code === 0) return resolve();
      process.stderr.write("The build of the pages failed.\n");
      rmSync(LOCK, { force: true });
      process.exit(1);
    });
  });
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    // Where nothing may be written, nobody else is about to finish it either.
    if (error.code !== "EEXIST") throw error;
    const holder = Number(readStamp(LOCK));
    if (holder > 0 && !isRunning(holder)) rmSync(LOCK, { force: true });
    return false;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function readStamp(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function replaceFile(file, contents) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}
