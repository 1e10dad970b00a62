import { createServer, type RequestListener, type Server, STATUS_CODES } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Server as NetServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { StartRefused } from "./start-refused";

const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than the idle time of the usual load balancers, so that they are the ones to hang up.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};
const DRAIN_MS = 4_600;
const LAST_REQUEST_MS = 400;
const IDLE_POLL_MS = 50;

export function createHttpServer(listener: RequestListener): Server {
  return prepare(createServer(LIMITS, listener));
}

export function createHttpsServer(
  identity: { cert: string; key: string },
  listener: RequestListener,
): Server {
  const { cert, key } = identity;
  return prepare(createTlsServer({ ...LIMITS, cert, key, minVersion: "TLSv1.2" }, listener));
}

/** Starts listening; a port that cannot be had is a StartRefused that names its variable. */
export function listen(
  server: Server,
  { port, host, variable }: { port: number; host: string; variable: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new StartRefused(explain(error, { port, host, variable })));
    });
    server.listen({ port, host }, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

/**
 * Stops accepting and lets the requests in flight finish for up to five seconds. For a moment
 * open connections may still send one more request, which the listener answers with
 * `Connection: close`: hanging up on them at once would reset what is on its way.
 */
export async function drain(server: Server): Promise<void> {
  // http.Server's own close() hangs up on idle connections; this one only stops accepting.
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
  await Promise.race([closed, sleep(LAST_REQUEST_MS)]);
  const hangUp = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS);
  await Promise.race([closed, sleep(DRAIN_MS)]);
  clearInterval(hangUp);
  server.closeAllConnections();
  // Node does not count an upgraded connection as one of HTTP: it ends with the process.
  await Promise.race([closed, sleep(IDLE_POLL_MS)]);
}

function prepare(server: Server): Server {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === "ECONNRESET") return socket.destroy();
    const status = clientErrorStatus(error.code);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: text/plain\r\n` +
        `Connection: close\r\n\r\n${STATUS_CODES[status]}\n`,
    );
  });
  return server;
}

function clientErrorStatus(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

function explain(
  error: NodeJS.ErrnoException,
  { port, host, variable }: { port: number; host: string; variable: string },
): string {
  if (error.code === "EADDRINUSE") {
    return `port ${port} is already in use; set ${variable} to a free one`;
  }
  if (error.code === "EACCES") return `${variable} ${port} needs more rights than this user has`;
  return `HOST ${host} cannot be listened on (${error.code ?? error.message})`;
}
