import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { anOwner, aToken } from "@/domain/testing/owners";
import { hearOfChanges } from "@/domain/testing/situations";
import { updateToken } from "@/domain/tokens/update";
import { checksUrl } from "../testing/checks";

const folder = mkdtempSync(path.join(tmpdir(), "latchkey-nginx-"));
// An application that tells what it was sent.
const application = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  response.end(JSON.stringify({ headers: request.headers, body }));
});
let nginx: ChildProcess;
let site: string;
let published: string;

beforeAll(async () => {
  await hearOfChanges();
  await once(application.listen(0, "127.0.0.1"), "listening");
  const ports = { page: await freePort(), published: await freePort() };
  site = `http://127.0.0.1:${ports.page}`;
  published = `http://127.0.0.1:${ports.published}`;
  // Started by root, nginx reads the page as another user.
  chmodSync(folder, 0o755);
  writeFileSync(path.join(folder, "index.html"), "<h1>the page</h1>\n");
  writeFileSync(path.join(folder, "nginx.conf"), configuration(ports));
  nginx = spawn("nginx", ["-e", "error.log", "-p", folder, "-c", "nginx.conf"], {
    stdio: "ignore",
  });
  await once(nginx, "spawn");
  await vi.waitUntil(() => fetch(site).catch(() => undefined), { timeout: 10_000, interval: 50 });
});

afterAll(async () => {
  nginx.kill("SIGTERM");
  await once(nginx, "exit");
  application.close();
  rmSync(folder, { recursive: true, force: true });
});

// The recipe of docs/verify.md, but for addresses and files.
function recipe(port: number): string {
  const [, block = ""] = /```nginx\n(.*?)```/s.exec(readFileSync("docs/verify.md", "utf8")) ?? [];
  const { port: applicationPort } = application.address() as AddressInfo;
  return block
    .replace("127.0.0.1:3000", new URL(checksUrl()).host)
    .replace("127.0.0.1:8080", `127.0.0.1:${applicationPort}`)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replaceAll(/^ *ssl_certificate.*$/gm, "");
}

function configuration(ports: { page: number; published: number }): string {
  return `
daemon off;
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ${recipe(ports.published)}
  server {
    listen 127.0.0.1:${ports.page};
    root .;
    location / {
      auth_request /_latchkey;
      auth_request_set $auth_user $upstream_http_x_auth_user;
      add_header X-Seen-User $auth_user;
    }
    location = /_latchkey {
      internal;
      proxy_pass http://latchkey/verify;
      proxy_http_version 1.1;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
    }
  }
}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

const visit = (bearer?: string, init: RequestInit = {}) =>
  fetch(`${site}/index.html`, {
    ...init,
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });

test("nginx lets a token in and passes on whose it is, and nobody else", async () => {
  const owner = await anOwner();
  const { bearer } = await aToken(owner);
  const inside = await visit(bearer);
  expect([inside.status, await inside.text()]).toEqual([200, "<h1>the page</h1>\n"]);
  expect(inside.headers.get("x-seen-user")).toBe(owner.username);
  const outside = await visit();
  expect([outside.status, outside.headers.get("www-authenticate")]).toEqual([
    401,
    'Bearer realm="latchkey"',
  ]);
  expect((await visit(`${bearer.slice(0, -1)}${bearer.endsWith("b") ? "c" : "b"}`)).status).toBe(
    401,
  );
  // A request with a body of its own is asked about without it: nginx's page then refuses a POST.
  expect((await visit(bearer, { method: "POST", body: "x=1" })).status).toBe(405);
});

test("nginx answers 401 within a second after a token in use was disabled", async () => {
  const owner = await anOwner();
  const { bearer, name } = await aToken(owner);
  for (let visits = 0; visits < 20; visits += 1) expect((await visit(bearer)).status).toBe(200);
  await updateToken(owner, name, { enabled: false });
  const stoppedAt = performance.now();
  await vi.waitUntil(async () => (await visit(bearer)).status === 401, {
    timeout: 1_000,
    interval: 1,
  });
  expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  for (let visits = 0; visits < 20; visits += 1) expect((await visit(bearer)).status).toBe(401);
});

test("the published recipe tells the application who it is, whatever the client says", async () => {
  const owner = await anOwner();
  const { bearer, name } = await aToken(owner);
  const claims = Object.fromEntries(
    ["user", "user-id", "role", "token"].map((claim) => [`x-auth-${claim}`, "admin"]),
  );
  const headers = { authorization: `Bearer ${bearer}`, ...claims };
  const answer = await fetch(published, { method: "POST", headers, body: "of the application" });
  const seen: { headers: IncomingHttpHeaders; body: string } = await answer.json();
  expect(seen.headers).toMatchObject({
    "x-auth-user": owner.username,
    "x-auth-user-id": owner.userId,
    "x-auth-role": "user",
    "x-auth-token": name,
  });
  expect(seen.headers).not.toHaveProperty("authorization");
  expect(seen.body).toBe("of the application");
  expect((await fetch(published, { headers: claims })).status).toBe(401);
});
