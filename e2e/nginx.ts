import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { blocksOf } from "./document";
import { expect } from "./fixtures";

/** Starts nginx with what a `http` block holds, and returns when it answers for Latchkey. */
export async function startNginx(
  folder: string,
  { servers, port }: { servers: string; port: number },
): Promise<ChildProcess> {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const paths = temporary.map((name) => `${name}_temp_path ${name};`).join(" ");
  // Started by root, nginx works as another user.
  chmodSync(folder, 0o755);
  writeFileSync(
    path.join(folder, "nginx.conf"),
    `daemon off; pid nginx.pid; events {} http { access_log off; ${paths} ${servers} }`,
  );
  const nginx: ChildProcess = spawn("nginx", ["-e", "error.log", "-p", folder, "-c", "nginx.conf"]);
  await once(nginx, "spawn");
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  return nginx;
}

/** The configuration of docs/operate.md, but for addresses and certificates. */
export function readServers(to: { front: number; ports: (number | undefined)[] }): string {
  const [block = ""] = blocksOf("docs/operate.md", "Running more than one process", "nginx");
  return block
    .replace("127.0.0.1:3000", `127.0.0.1:${to.ports[0]}`)
    .replace("127.0.0.1:3001", `127.0.0.1:${to.ports[1]}`)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${to.front};`)
    .replaceAll(/^ *ssl_certificate.*$/gm, "");
}
