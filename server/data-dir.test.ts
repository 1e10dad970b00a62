import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { lockDataDir } from "./data-dir";

const root = mkdtempSync(path.join(tmpdir(), "latchkey-lock-"));
const program = path.join(root, "locker.mjs");
let dataDir = "";

// Holds the lock until it is killed, or says why it could not have it.
const PROGRAM = `
  import { lockDataDir } from "./server/data-dir";
  lockDataDir(process.argv[2]).then(
    () => { console.log("locked"); setInterval(() => undefined, 1000); },
    (error) => console.log(error.message),
  );`;

beforeAll(async () => {
  const stdin = { contents: PROGRAM, resolveDir: process.cwd(), loader: "ts" } as const;
  await build({ stdin, outfile: program, bundle: true, format: "esm", platform: "node" });
});

beforeEach(() => {
  dataDir = path.join(mkdtempSync(path.join(root, "case-")), "data");
});

afterAll(() => rmSync(root, { recursive: true }));

async function startLocker(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [program, dataDir]);
  const [chunk] = await once(child.stdout, "data");
  return { child, said: String(chunk).trim() };
}

test("a second process is refused with the first one's pid, until that lets go", async () => {
  const release = await lockDataDir(dataDir);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect((await startLocker()).said).toBe(`${dataDir} is already in use by process ${process.pid}`);
  release();
  expect(readdirSync(dataDir)).toEqual([]);
  const { child, said } = await startLocker();
  expect(said).toBe("locked");
  child.kill("SIGKILL");
});

test("the lock of a killed process is taken at once", async () => {
  const { child } = await startLocker();
  await expect(lockDataDir(dataDir)).rejects.toThrow(`process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const release = await lockDataDir(dataDir);
  release();
});

test.runIf(process.platform === "linux")(
  "a re-used pid is not mistaken for the holder",
  async () => {
    await lockDataDir(dataDir);
    const lockFile = path.join(dataDir, "lock");
    const holder = JSON.parse(readFileSync(lockFile, "utf8"));
    writeFileSync(lockFile, JSON.stringify({ ...holder, startedAtTicks: "1" }));
    await expect(lockDataDir(dataDir)).resolves.toBeTypeOf("function");
  },
);

test("of many that find a stale lock, exactly one gets it", async () => {
  const { child } = await startLocker();
  child.kill("SIGKILL");
  await once(child, "exit");
  const lockers = await Promise.all(Array.from({ length: 8 }, startLocker));
  expect(lockers.filter(({ said }) => said === "locked")).toHaveLength(1);
  expect(readdirSync(dataDir)).toEqual(["lock"]);
  for (const locker of lockers) locker.child.kill("SIGKILL");
});
