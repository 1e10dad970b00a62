import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { hasRoom, NO_ROOM } from "@/domain/room";
import { STATUS_OF, toStatus } from "./kube/status";
import { READS } from "./reads";
import type { ApiEnvironment } from "./require-bearer";

const RESOURCE_PATH = /^\/apis\/(ext|management)\.cattle\.io\//;
// Made once: it is what an overload is answered with.
const REFUSAL = toStatus(NO_ROOM, undefined);
const REFUSAL_TEXT = JSON.stringify(REFUSAL);
const REFUSAL_HEADERS = {
  "Content-Type": "application/json",
  "Cache-Control": "no-store",
  "Retry-After": String(REFUSAL.details?.retryAfterSeconds),
};

/**
 * The API on Node's own requests. A change for which there is no room is refused before anything of it
 * is read, who sends it included: it costs next to nothing, as in Kubernetes.
 */
export function createProgramHandler(api: Hono<ApiEnvironment>) {
  // Next expects the global Request and Response to stay those of Node.
  const handle = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isChange(request) || hasRoom()) return handle(request, response);
    response.writeHead(STATUS_OF[NO_ROOM.code].code, REFUSAL_HEADERS);
    response.end(REFUSAL_TEXT);
  };
}

function isChange({ method = "GET", url = "/" }: IncomingMessage): boolean {
  return !READS.includes(method) && RESOURCE_PATH.test(url);
}
