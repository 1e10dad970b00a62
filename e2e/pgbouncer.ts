import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findSystemUser } from "@/db/embedded-binaries";
import { blocksOf } from "./document";
import { expect } from "./fixtures";
import { freePorts } from "./latchkey";

/** A pgbouncer in front of a database. */
export interface Pgbouncer {
  url: string;
  start: (poolMode?: "session" | "transaction") => Promise<void>;
  end: (signal: NodeJS.Signals) => Promise<void>;
  remove: () => Promise<void>;
}

/** With the configuration of docs/operate.md, but for addresses and files; not started. */
export async function makePgbouncer(databaseUrl: string): Promise<Pgbouncer> {
  const [block = ""] = blocksOf("docs/operate.md", "pgbouncer", "ini");
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-pgbouncer-"));
  // Started by root, it would not run as that.
  const user = await findSystemUser();
  await chmod(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const { username, password, port: behind } = new URL(databaseUrl);
  const users = path.join(folder, "userlist.txt");
  const file = path.join(folder, "pgbouncer.ini");
  await writeFile(users, `"${username}" "${password}"\n`);
  const configure = (poolMode: string) =>
    writeFile(
      file,
      `${block
        .replace("port=5432", `port=${behind}`)
        .replace("listen_port = 6432", `listen_port = ${port}\nunix_socket_dir =`)
        .replace("/etc/pgbouncer/userlist.txt", users)
        .replace("pool_mode = session", `pool_mode = ${poolMode}`)}\n`,
    );
  let running: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, "exit");
    running.kill(signal);
    await exited;
  };
  return {
    url: databaseUrl.replace(`:${behind}/`, `:${port}/`),
    start: async (poolMode = "session") => {
      await configure(poolMode);
      running = spawn("pgbouncer", ["-q", file], { ...user, cwd: folder, stdio: "ignore" });
      await once(running, "spawn");
      await expect.poll(() => isOpen(port)).toBe(true);
    },
    end,
    remove: async () => {
      await end("SIGQUIT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
