// `npm run bench -- <name>`: installs the benchmarks' own packages once and runs one of them.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";

const BENCHMARKS = ["console", "verify", "revocation", "sign-in", "changes", "inventory", "bulk"];
const folder = import.meta.dirname;
const [name, ...args] = process.argv.slice(2);

if (!BENCHMARKS.includes(name)) {
  console.error(`Usage: npm run bench -- ${BENCHMARKS.join("|")}`);
  process.exit(2);
}
process.chdir(path.resolve(folder, ".."));
if (!isInstalled()) {
  const { status } = spawnSync("npm", ["ci", "--prefix", folder], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
const { run } = await import(`./${name}.mjs`);
await run(args);

function isInstalled() {
  const installed = path.join(folder, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(path.join(folder, "package-lock.json")).mtimeMs;
}
