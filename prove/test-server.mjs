import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { bundleProgram, hashSource } from "../scripts/build.mjs";

/** One database server for many runs of tests, each of which would start its own; gives url and stop. */
export async function startTestServer() {
  mkdirSync("dist", { recursive: true });
  const bundle = await bundleProgram("test-server", "db/testing/server.ts", hashSource());
  const server = await import(pathToFileURL(bundle).href);
  return server.startTestServer();
}
