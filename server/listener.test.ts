import type { IncomingHttpHeaders, RequestListener, Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { requestScope } from "@/db/request-scope";
import { createHttpServer, drain } from "./http";
import { createListener, type ListenerOptions } from "./listener";

interface Seen {
  headers: IncomingHttpHeaders;
  raw: [string | undefined, string | undefined][];
  url: string | undefined;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function start(options: Partial<ListenerOptions> = {}): Promise<number> {
  const listener = createListener({
    log: pino({ level: "silent" }),
    trustedProxies: 0,
    isTls: false,
    hasRealCertificate: false,
    isDraining: () => false,
    isProgramPath: (pathname) => pathname.startsWith("/apis"),
    findCheck: () => undefined,
    handleProgram: echo("program"),
    handlePage: echo("page"),
    ...options,
  });
  return listenOn(listener);
}

async function listenOn(listener: RequestListener): Promise<number> {
  const server = createHttpServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function echo(handler: string): ListenerOptions["handlePage"] {
  return async ({ headers, rawHeaders, url }, response) => {
    const raw = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1]]] : [],
    );
    response.end(JSON.stringify({ handler, headers, raw, url }));
  };
}

async function seenBy(port: number, headers: Record<string, string>): Promise<Seen> {
  const response = await fetch(`http://127.0.0.1:${port}/apis/x?y=1`, { headers });
  return response.json();
}

async function statusOfRaw(port: number, message: string): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  socket.end(message.replaceAll("\n", "\r\n"));
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return Number(answer.split(" ")[1]);
}

const CLAIMS = {
  "x-forwarded-for": "6.6.6.6, 10.0.0.1",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.example.com",
  "x-forwarded-port": "1",
  forwarded: "for=6.6.6.6",
  "x-request-id": "chosen-by-client",
  "x-middleware-subrequest": "proxy",
  "x-latchkey-actor": "admin",
};

describe("identity headers", () => {
  test("nothing a client claims is believed without a trusted proxy", async () => {
    const port = await start();
    const { headers, raw } = await seenBy(port, CLAIMS);
    expect(headers).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": `127.0.0.1:${port}`,
    });
    expect(headers["x-request-id"]).toMatch(/^[\da-f]{12}-[\da-z]+$/);
    for (const name of ["x-forwarded-port", "forwarded", "x-middleware-subrequest"]) {
      expect(headers).not.toHaveProperty(name);
    }
    expect(headers).not.toHaveProperty("x-latchkey-actor");
    const ours = raw.filter(([name]) => name?.startsWith("x-") || name === "forwarded");
    expect(Object.fromEntries(ours)).toEqual(
      Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-"))),
    );
    expect(ours).toHaveLength(4);
  });

  test.each([
    [1, "10.0.0.1"],
    [2, "6.6.6.6"],
  ])("with %i trusted proxies the client is %s", async (trustedProxies, address) => {
    const { headers } = await seenBy(await start({ trustedProxies }), CLAIMS);
    expect(headers).toMatchObject({
      "x-forwarded-for": address,
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example.com",
      "x-request-id": "chosen-by-client",
    });
  });

  test("what a trusted proxy passes on must still be an address, a host and an id", async () => {
    const claims = {
      "x-forwarded-for": "<script>",
      "x-forwarded-host": "a b",
      "x-request-id": "a\tb",
    };
    const port = await start({ trustedProxies: 1 });
    const { headers } = await seenBy(port, claims);
    expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(headers["x-forwarded-host"]).toBe(`127.0.0.1:${port}`);
    expect(headers["x-request-id"]).toMatch(/^[\da-f]{12}-[\da-z]+$/);
  });

  test("the answer carries the request id and no promise of HTTPS", async () => {
    const response = await fetch(`http://127.0.0.1:${await start()}/`);
    expect(response.headers.get("x-request-id")).toMatch(/^[\da-f]{12}-[\da-z]+$/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.has("strict-transport-security")).toBe(false);
  });

  test("HTTPS is promised when a trusted proxy speaks it", async () => {
    const port = await start({ trustedProxies: 1 });
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: CLAIMS });
    expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

describe("requests no handler sees", () => {
  test.each([
    [405, "TRACE / HTTP/1.1\nHost: a\nConnection: close\n\n"],
    [400, "GET / HTTP/1.1\nHost: a\nHost: b\nConnection: close\n\n"],
    [400, "GET / HTTP/1.1\nHost: a/b\nConnection: close\n\n"],
    [400, "GET / HTTP/1.1\nConnection: close\n\n"],
    [400, "OPTIONS * HTTP/1.1\nHost: a\nConnection: close\n\n"],
    [400, "GET /tokens/%zz HTTP/1.1\nHost: a\nConnection: close\n\n"],
    [400, "NONSENSE\n\n"],
    [400, "POST / HTTP/1.1\nHost: a\nContent-Length: 3\nTransfer-Encoding: chunked\n\n0\n\n"],
    [411, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\nConnection: close\n\n0\n\n"],
    [431, `GET / HTTP/1.1\nHost: a\nX: ${"x".repeat(17_000)}\n\n`],
  ])("%i for %j", async (status, message) => {
    expect(await statusOfRaw(await start(), message)).toBe(status);
  });

  test("an absolute target loses its host", async () => {
    const port = await start();
    const message = "GET http://evil/apis HTTP/1.1\nHost: localhost\nConnection: close\n\n";
    expect(await statusOfRaw(port, message)).toBe(200);
  });

  test("an absolute target reaches the checks, too", async () => {
    const findCheck: ListenerOptions["findCheck"] = (url) => {
      if (url !== "/verify") return undefined;
      return ({ response }) => {
        response.writeHead(204).end();
        return undefined;
      };
    };
    const port = await start({ findCheck });
    const message = "GET http://evil/verify HTTP/1.1\nHost: localhost\nConnection: close\n\n";
    expect(await statusOfRaw(port, message)).toBe(204);
  });
});

describe("an outage while a page renders", () => {
  const withOutage = (status: number): Partial<ListenerOptions> => ({
    handlePage: async (_, response) => {
      const scope = requestScope.getStore();
      if (scope) scope.outage = true;
      response.setHeader("Cache-Control", "private");
      if (status === 200) response.end("page");
      else response.writeHead(status, { "Cache-Control": "public" }).end("page");
    },
  });

  test.each([
    ["GET", 200, 503],
    ["GET", 500, 503],
    ["GET", 307, 307],
    ["POST", 200, 200],
  ])("%s with status %i is answered %i", async (method, status, answered) => {
    const url = `http://127.0.0.1:${await start(withOutage(status))}/`;
    const response = await fetch(url, { method, redirect: "manual" });
    expect(response.status).toBe(answered);
    expect(response.headers.get("retry-after")).toBe(answered === 503 ? "5" : null);
    if (answered === 503) expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).toBe("page");
  });

  test("a program's answer is its own affair", async () => {
    const port = await start();
    expect((await fetch(`http://127.0.0.1:${port}/apis`)).status).toBe(200);
  });
});

test("a handler that fails is a plain 500 with the request id", async () => {
  const port = await start({
    handlePage: async () => {
      throw new Error("select secret from nowhere");
    },
  });
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.status).toBe(500);
  const id = response.headers.get("x-request-id");
  expect(await response.text()).toBe(`Internal error. Request id: ${id}\n`);
});

test("draining finishes what is in flight and hangs up afterwards", async () => {
  const port = await start({
    handlePage: async (_, response) => {
      await sleep(300);
      response.end("done");
    },
  });
  const inFlight = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
  await sleep(100);
  await Promise.all(servers.splice(0).map(drain));
  expect(await inFlight).toBe("done");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});
