import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";

export interface ForwardedOptions {
  /** How many proxies in front have set X-Forwarded-*; 0 believes none of it. */
  trustedProxies: number;
  isTls: boolean;
}

export interface ForwardedFacts {
  requestId: string;
  address: string;
  protocol: "http" | "https";
}

// What a client must not tell us: where it comes from, and what only we tell the code behind.
const REWRITTEN =
  /^(forwarded|x-real-ip|x-request-id|x-forwarded-.*|x-middleware-.*|x-latchkey-.*)$/i;
const REQUEST_ID = /^[\w.-]{1,64}$/;
// A connection keeps its address, and thousands of checks come over the same one.
const addresses = new WeakMap<Socket, string>();
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

// Different on every process and for every request; nothing has to be secret about it.
const PROCESS_ID = randomBytes(6).toString("hex");
let requests = 0;

function newRequestId(): string {
  requests += 1;
  return `${PROCESS_ID}-${requests.toString(36)}`;
}

/** What is true about where a request comes from. The request is left as it is. */
export function readForwarded(
  request: IncomingMessage,
  { trustedProxies, isTls }: ForwardedOptions,
): ForwardedFacts {
  if (trustedProxies === 0) {
    const protocol = isTls ? "https" : "http";
    return { requestId: newRequestId(), address: addressOf(request.socket), protocol };
  }
  const told = (name: string) => outermostTrusted(request.headers[name], trustedProxies);
  const requestId = told("x-request-id");
  const protocol = told("x-forwarded-proto") ?? (isTls ? "https" : "http");
  return {
    requestId: requestId && REQUEST_ID.test(requestId) ? requestId : newRequestId(),
    address: toAddress(told("x-forwarded-for")) ?? addressOf(request.socket),
    protocol: protocol === "https" ? "https" : "http",
  };
}

/**
 * Replaces the request's identity headers by what is true: x-request-id, x-forwarded-for (one
 * address), x-forwarded-proto and x-forwarded-host. Both header views of the request are changed.
 */
export function rewriteForwarded(
  request: IncomingMessage,
  options: ForwardedOptions,
): ForwardedFacts {
  const facts = readForwarded(request, options);
  const { trustedProxies } = options;
  const told =
    trustedProxies > 0
      ? outermostTrusted(request.headers["x-forwarded-host"], trustedProxies)
      : undefined;
  const host = told ?? request.headers.host ?? "";
  dropRewritten(request);
  setHeader(request, "x-request-id", facts.requestId);
  setHeader(request, "x-forwarded-for", facts.address);
  setHeader(request, "x-forwarded-proto", facts.protocol);
  setHeader(request, "x-forwarded-host", isHost(host) ? host : (request.headers.host ?? ""));
  return facts;
}

/** Whether a Host header is one name or address with an optional port. */
export function isHost(value: string | undefined): boolean {
  return value !== undefined && value.length <= 255 && HOST.test(value);
}

// Every proxy appends on the right: what stands left of the trusted ones the client made up. Many
// replace -Proto and -Host instead of appending, so a shorter list is fine.
function outermostTrusted(
  value: string | string[] | undefined,
  proxies: number,
): string | undefined {
  const list = Array.isArray(value) ? value.join(",") : (value ?? "");
  const entries = list.split(",").map((entry) => entry.trim());
  return entries.at(-Math.min(proxies, entries.length)) || undefined;
}

function addressOf(socket: Socket): string {
  const known = addresses.get(socket);
  if (known !== undefined) return known;
  const address = toAddress(socket.remoteAddress) ?? "";
  addresses.set(socket, address);
  return address;
}

function toAddress(value: string | undefined): string | undefined {
  const bare = value?.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  const address = bare?.replace(/^::ffff:(?=[\d.]+$)/i, "");
  return address && isIP(address) ? address : undefined;
}

function dropRewritten(request: IncomingMessage): void {
  const kept: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = "", value = ""] = request.rawHeaders.slice(index, index + 2);
    if (REWRITTEN.test(name)) delete request.headers[name.toLowerCase()];
    else kept.push(name, value);
  }
  request.rawHeaders = kept;
}

function setHeader(request: IncomingMessage, name: string, value: string): void {
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}
