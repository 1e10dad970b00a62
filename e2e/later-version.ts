import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { addLaterMigration } from "@/db/testing/later-migration";
import { outputOf } from "./child-output";
import { linkTrees } from "./trees";

/** A version after this one, built in a folder of its own. */
export interface LaterVersion {
  folder: string;
  remove: () => Promise<void>;
}

const LEFT_OUT = /^(\.git|\.next.*|\.data|bench|dist|docs|node_modules|test-results)$/;

// Text of parts that are loaded when they are needed: of another version they are other files.
const CHANGES = [
  ["components/tokens/create-token-dialog.tsx", "What it is for"],
  ["components/tokens/find-token-dialog.tsx", "Its fingerprint is made"],
  ["components/users/create-user-dialog.tsx", "Create user"],
] as const;

/** Makes and builds it: other texts, and with them other files and actions, and one more migration. */
export async function buildLaterVersion(): Promise<LaterVersion> {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-later-"));
  for (const name of readdirSync(".").filter((entry) => !LEFT_OUT.test(entry))) {
    cpSync(name, path.join(folder, name), { recursive: true });
  }
  await linkTrees(["node_modules"], folder);
  addLaterMigration(path.join(folder, "db/migrations"));
  for (const [file, place] of CHANGES) change(path.join(folder, file), place);
  const build = spawn(process.execPath, ["scripts/run.mjs", "build"], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = outputOf(build);
  const [code] = await once(build, "exit");
  if (code !== 0) throw new Error(`the later version was not built:\n${output()}`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

function change(file: string, place: string): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes(place)) throw new Error(`${file} has no ${place}`);
  writeFileSync(file, text.replaceAll(place, `${place} (later)`));
}
