import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const READY_POLL_MS = 10;
const UNPINNED = { command: process.execPath, args: [] };

/** Runs one of Latchkey's programs on free ports; gives its address and the time to `/readyz`. */
export async function startLatchkey(program, environment = {}, { command, args } = UNPINNED) {
  const [port, securePort] = [await freePort(), await freePort()];
  const startedAt = performance.now();
  const child = spawn(command, [...args, "scripts/run.mjs", program], {
    env: {
      ...process.env,
      DATABASE_URL: "",
      LOG_LEVEL: "warn",
      PORT: String(port),
      HTTPS_PORT: String(securePort),
      ...environment,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${port}`;
  const readyMs = await whenReady(child, url, startedAt);
  return {
    url,
    secureUrl: `https://localhost:${securePort}`,
    pid: child.pid,
    readyMs,
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function whenReady(child, url, startedAt) {
  while (child.exitCode === null) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return performance.now() - startedAt;
    await sleep(READY_POLL_MS);
  }
  throw new Error(`Latchkey ended with ${child.exitCode}`);
}

/** Adds a user with a generated password, as an operator does; the name is new each time. */
export function addUser(environment, role) {
  const username = `bench-${randomUUID().slice(0, 8)}`;
  const output = execFileSync(
    process.execPath,
    ["scripts/run.mjs", "user", "add", username, "--role", role],
    { encoding: "utf8", env: { ...process.env, ...environment } },
  );
  return { username, password: /^Password: (.+)$/m.exec(output)?.[1] };
}

/** Signs in as a browser does; gives the Cookie header of the session. */
export async function signIn(url, username, password) {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await first.json();
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookiesOf(first) },
    body: new URLSearchParams({ csrfToken, username, password, json: "true" }),
  });
  const session = cookiesOf(answer)
    .split("; ")
    .find((cookie) => cookie.includes("session-token="));
  if (!session) throw new Error("could not sign in");
  return session;
}

function cookiesOf(response) {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

async function freePort() {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address();
  await once(server.close(), "close");
  return port;
}
