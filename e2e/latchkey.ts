import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { removeEmbeddedDatabase } from "@/db/embedded";
import { outputOf } from "./child-output";
import type { Stored } from "./database";

/** Where a running Latchkey is; plain data, so that it can be handed to other processes. */
export interface Address {
  url: string;
  secureUrl: string;
  dataDir: string;
  caFile: string;
  logFile: string;
}

/** The production build, served by a process of its own. */
export interface Latchkey extends Address {
  pid: number;
  /** Everything it has printed so far. */
  output: () => string;
  /** Sends a signal and waits for the end; gives the exit code, null after SIGKILL. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
}

export interface StartOptions {
  /** Where its sources and build are; of this version, when absent. */
  folder?: string;
  dataDir?: string;
  environment?: Record<string, string>;
}

const START_MS_MAX = 60_000;

/** Starts Latchkey on free ports and returns when it serves. Without a dataDir it gets a new one. */
export async function startLatchkey(options: StartOptions = {}): Promise<Latchkey> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "latchkey-e2e-"));
  const [port, securePort] = await freePorts(2);
  const child = spawn(process.execPath, ["scripts/run.mjs", "server"], {
    cwd: options.folder,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      DATABASE_URL: "",
      DATA_DIR: dataDir,
      PORT: String(port),
      HTTPS_PORT: String(securePort),
      ...options.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const logFile = path.join(dataDir, "output.log");
  const output = outputOf(child);
  const log = createWriteStream(logFile, { flags: "a" });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: string) => void log.write(chunk));
  }
  // Said last, of the address that it listens on last.
  const scheme = options.environment?.HTTPS_PORT === "off" ? "http" : "https";
  await whenReady(child, output, `Latchkey is ready at ${scheme}:`);
  return {
    url: `http://localhost:${port}`,
    secureUrl: `https://localhost:${securePort}`,
    dataDir,
    caFile: path.join(dataDir, "tls/ca.crt"),
    logFile,
    pid: child.pid ?? 0,
    output,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

/** Ends Latchkey and deletes everything it stored. */
export async function removeLatchkey(latchkey: Latchkey): Promise<void> {
  await latchkey.end("SIGTERM");
  await removeEmbeddedDatabase({ dataDir: latchkey.dataDir });
  await rm(latchkey.dataDir, { recursive: true, force: true });
}

/** Runs an operator's command (`npm run user -- …`) beside a running Latchkey; gives its output. */
export async function operate(
  { dataDir, databaseUrl = "" }: Stored,
  args: string[],
): Promise<string> {
  const place = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/run.mjs", ...args], {
    env: { ...process.env, NODE_OPTIONS: "", ...place },
  });
  return stdout;
}

function whenReady(child: ChildProcess, output: () => string, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`Latchkey ${reason}:\n${output()}`));
    const timer = setTimeout(() => fail("did not start in time"), START_MS_MAX);
    child.once("exit", (code) => fail(`ended with ${code}`));
    child.stdout?.on("data", () => {
      if (!output().includes(word)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Ports of this machine that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, "127.0.0.1"), "listening");
      const address = server.address();
      return typeof address === "object" && address ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
