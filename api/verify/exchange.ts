import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { failure } from "../kube/status";

/** What the server found out about a request before anybody reads it. */
export interface RequestFacts {
  requestId: string;
  address: string;
}

/** One request for a check and its answer, on Node's own objects: this path is the busiest. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  facts: RequestFacts;
  log: Logger;
}

/** An answer other than the wanted one; its body is a Kubernetes Status, or an OAuth error. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly headers: readonly string[] = [],
  ) {
    super(`refused with ${status}`);
  }
}

/** A refusal whose body is a Kubernetes Status. */
export function refused(
  status: number,
  reason: string,
  message: string,
  headers: readonly string[] = [],
): Refused {
  return new Refused(status, JSON.stringify(failure(status, reason, message)), headers);
}

/** Sends a refusal, unless there is an answer already or nobody to get it. */
export function sendRefused(exchange: Exchange, { status, body, headers }: Refused): void {
  const { response } = exchange;
  if (!response.destroyed && !response.headersSent) sendJson(exchange, status, body, headers);
}

/** Sends JSON that nobody may keep. `headers` are names and values in turn. */
export function sendJson(
  { response, facts }: Exchange,
  status: number,
  body: string,
  headers: readonly string[] = [],
): void {
  response.writeHead(status, [
    "Content-Type",
    "application/json",
    "Content-Length",
    String(Buffer.byteLength(body)),
    ...commonHeaders(facts),
    ...headers,
  ]);
  response.end(body);
}

/** The headers of every answer to a check. There is nothing here that a browser could show. */
export function commonHeaders({ requestId }: RequestFacts): string[] {
  return [
    "X-Request-Id",
    requestId,
    "Cache-Control",
    "no-store",
    "X-Content-Type-Options",
    "nosniff",
    "Content-Security-Policy",
    "default-src 'none'; frame-ancestors 'none'",
  ];
}
