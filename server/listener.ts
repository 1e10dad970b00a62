import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { countAnswer } from "@/api/operations/count";
import type { FindCheck } from "@/api/verify/checks";
import { type ForwardedFacts, isHost, readForwarded, rewriteForwarded } from "./forwarded";
import { withOutageStatus } from "./outage";

export interface ListenerOptions {
  log: Logger;
  trustedProxies: number;
  isTls: boolean;
  /** Whether the certificate is the operator's own, so that browsers may insist on HTTPS. */
  hasRealCertificate: boolean;
  isDraining: () => boolean;
  isProgramPath: (pathname: string) => boolean;
  findCheck: FindCheck;
  handleProgram: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  handlePage: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const SECURITY_HEADERS = {
  // Of everything but pages, which set their own.
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

const QUIET_PATH = /^\/(healthz|readyz|metrics|_next\/static\/.*)$/;

/**
 * Answers every request of one port: sets what is true about its origin, refuses what no handler
 * should see, gives program paths to the API and everything else to Next, and logs the outcome.
 */
export function createListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    if (!request.url?.startsWith("/")) toOriginForm(request);
    const answerCheck = options.findCheck(request.url);
    if (answerCheck) {
      if (options.isDraining()) response.shouldKeepAlive = false;
      const facts = readForwarded(request, options);
      void answerCheck({ request, response, facts, log: options.log });
      return;
    }
    const startedAt = performance.now();
    const facts = rewriteForwarded(request, options);
    const path = pathOf(request);
    setCommonHeaders(response, facts, options);
    if (options.isDraining()) response.setHeader("Connection", "close");
    response.once("close", () => {
      const status = response.headersSent ? response.statusCode : 0;
      countAnswer(options.isProgramPath(path) ? "program" : "page", status);
      const isBroken = response.statusCode >= 500 && response.headersSent;
      const level = isBroken ? "error" : QUIET_PATH.test(path) ? "debug" : "info";
      options.log[level](
        {
          requestId: facts.requestId,
          address: facts.address,
          method: request.method,
          path,
          status,
          durationMs: Math.round(performance.now() - startedAt),
        },
        "request",
      );
    });
    answer(request, response, { ...options, path }).catch((err) => {
      options.log.error({ err, requestId: facts.requestId, path }, "a request failed");
      if (response.headersSent) response.destroy();
      else refuse(response, 500, `Internal error. Request id: ${facts.requestId}`);
    });
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ListenerOptions & { path: string },
): Promise<void> {
  if (!isWellAddressed(request)) return refuse(response, 400, "Bad request");
  if (request.method === "TRACE" || request.method === "TRACK") {
    return refuse(response, 405, "Method not allowed");
  }
  if (options.isProgramPath(options.path)) return options.handleProgram(request, response);
  if (isForeign(request)) return refuse(response, 403, "Refused: sent by another site");
  // Browsers say how long a form is; Next would buffer a body of unknown length.
  if (request.headers["transfer-encoding"]) return refuse(response, 411, "Length required");
  return withOutageStatus(request, response, () => options.handlePage(request, response));
}

// A change that another site's page sends: Next answers these with 500, next-auth takes some.
function isForeign(request: IncomingMessage): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const { origin, "sec-fetch-site": site } = request.headers;
  if (site === "cross-site" || site === "same-site") return true;
  if (origin === undefined) return false;
  const own = [request.headers["x-forwarded-host"], hostOf(process.env.NEXTAUTH_URL)];
  return !own.includes(hostOf(origin));
}

function hostOf(address: string | undefined): string | null {
  return address !== undefined && URL.canParse(address) ? new URL(address).host : null;
}

function setCommonHeaders(
  response: ServerResponse,
  { requestId, protocol }: ForwardedFacts,
  { isTls, hasRealCertificate }: ListenerOptions,
): void {
  response.setHeader("X-Request-Id", requestId);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  // Not for a certificate of our own making: browsers would lock people out of plain HTTP.
  const isSecure = isTls ? hasRealCertificate : protocol === "https";
  if (isSecure) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}

// RFC 9112 3.2: exactly one Host, and a target that is a path; RFC 3986 2.1: whole escapes.
function isWellAddressed(request: IncomingMessage): boolean {
  if (!isDecodable(pathOf(request))) return false;
  const names = request.rawHeaders.filter((_, index) => index % 2 === 0);
  const hosts = names.filter((name) => name.toLowerCase() === "host").length;
  if (hosts > 1 || !request.url?.startsWith("/")) return false;
  return hosts === 1 ? isHost(request.headers.host) : request.httpVersion === "1.0";
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

// A client may name the whole address in the request line; nobody behind may believe its host.
function toOriginForm(request: IncomingMessage): void {
  const origin = /^https?:\/\/[^/?#]*/i.exec(request.url ?? "");
  if (!origin) return;
  const target = request.url?.slice(origin[0].length) ?? "";
  request.url = target.startsWith("/") ? target : `/${target}`;
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split(/[?#]/, 1)[0] ?? "/";
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    Connection: "close",
  });
  response.end(`${message}\n`);
}
