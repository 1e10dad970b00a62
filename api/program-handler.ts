import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { refusalOfChanges } from "@/domain/room";
import { toStatus } from "./kube/status";
import type { ApiEnvironment } from "./require-bearer";

const RESOURCE_PATH = /^\/apis\/(ext|management)\.cattle\.io\//;
const READS = ["GET", "HEAD", "OPTIONS"];

/**
 * The API on Node's own requests. A change for which there is no room is refused before anything of it
 * is read, who sends it included: it costs next to nothing, as in Kubernetes.
 */
export function createProgramHandler(api: Hono<ApiEnvironment>) {
  // Next expects the global Request and Response to stay those of Node.
  const handle = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = isChange(request) ? refusalOfChanges() : undefined;
    if (!refusal) return handle(request, response);
    const status = toStatus(refusal, undefined);
    response.writeHead(status.code as number, {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "Retry-After": String(status.details?.retryAfterSeconds),
    });
    response.end(JSON.stringify(status));
  };
}

function isChange({ method = "GET", url = "/" }: IncomingMessage): boolean {
  return !READS.includes(method) && RESOURCE_PATH.test(url);
}
