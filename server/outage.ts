import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { requestScope } from "@/db/request-scope";

const RETRY_AFTER_SECONDS = "5";

/**
 * Runs the handler of a page. When the database could not answer meanwhile, the page says so and
 * its status becomes 503: React has no way to set a status while it renders.
 */
export function withOutageStatus(
  request: IncomingMessage,
  response: ServerResponse,
  handle: () => Promise<void>,
): Promise<void> {
  const scope = { outage: false };
  if (request.method === "GET" || request.method === "HEAD") {
    const writeHead = response.writeHead.bind(response);
    // Headers that nobody wrote explicitly pass through here, too.
    response.writeHead = (status: number, ...rest: unknown[]) => {
      const isOutage = scope.outage && (status === 200 || status === 500);
      const [message, headers] = typeof rest[0] === "string" ? rest : [undefined, rest[0]];
      for (const [name, value] of toEntries(headers)) response.setHeader(name, value);
      if (isOutage) {
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setHeader("Cache-Control", "no-store");
        return writeHead(503);
      }
      return typeof message === "string" ? writeHead(status, message) : writeHead(status);
    };
  }
  return requestScope.run(scope, handle);
}

type HeaderValue = string | number | readonly string[];

// Node takes headers as an object, as a flat list or as pairs.
function toEntries(headers: unknown): [string, HeaderValue][] {
  if (!Array.isArray(headers)) {
    const entries = Object.entries((headers ?? {}) as OutgoingHttpHeaders);
    return entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  }
  const flat = headers.flat();
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = String(flat[index]);
    values.set(name, [...(values.get(name) ?? []), String(flat[index + 1])]);
  }
  return [...values].map(([name, all]) => [name, all.length === 1 ? String(all[0]) : all]);
}
