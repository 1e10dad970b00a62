import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Config } from "./config";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Loads Next and its build; gives the function that answers requests for pages. */
export async function preparePages(
  { host, port }: Pick<Config, "host" | "port">,
  { isDev }: { isDev: boolean },
): Promise<PageHandler> {
  const { default: next } = await import("next");
  const pages = next({
    dev: isDev,
    dir: process.cwd(),
    hostname: host,
    port,
    quiet: !isDev,
    // Next attaches its handler of WebSocket upgrades here. Only development needs one.
    ...(isDev ? {} : { httpServer: createServer() }),
  });
  await pages.prepare();
  return pages.getRequestHandler();
}
