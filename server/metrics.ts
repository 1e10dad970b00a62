import { createServer, type Server } from "node:http";
import type { Logger } from "pino";
import { exposeMetrics } from "@/api/operations/gauges";

/** Serves `/metrics`, and nothing else, to whoever reaches this port. */
export function createMetricsServer(log: Logger): Server {
  return createServer((request, response) => {
    if (request.url?.split("?", 1)[0] !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    exposeMetrics().then(
      ({ contentType, text }) => {
        response.writeHead(200, { "Content-Type": contentType, "Cache-Control": "no-store" });
        response.end(text);
      },
      (err) => {
        log.error({ err }, "the metrics could not be collected");
        response.writeHead(500).end();
      },
    );
  });
}
