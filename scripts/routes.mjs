// Prints, as JSON, every address and server action there is: of the pages by the manifests of their
// build, of the API by its own table. `npm test` compares them with the table of who may do what.
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundleProgram, hashSource } from "./build.mjs";

process.chdir(path.resolve(import.meta.dirname, ".."));
mkdirSync("dist", { recursive: true });

const bundle = await bundleProgram("routes", "api/routes.ts", hashSource());
const { listRoutes } = await import(pathToFileURL(bundle).href);
const paths = readManifest("app-path-routes-manifest.json");
console.log(
  JSON.stringify({
    pages: pathsOf("page"),
    handlers: [...pathsOf("route"), ...readRewrites()],
    actions: readActions(),
    api: listRoutes(),
  }),
);

function pathsOf(kind) {
  return Object.entries(paths).flatMap(([entry, address]) =>
    entry.endsWith(`/${kind}`) ? [address] : [],
  );
}

function readRewrites() {
  const { beforeFiles, afterFiles, fallback } = readManifest("routes-manifest.json").rewrites;
  return [...beforeFiles, ...afterFiles, ...fallback].map(({ source }) => source);
}

function readActions() {
  const { node, edge } = readManifest("server/server-reference-manifest.json");
  return Object.entries({ ...node, ...edge }).map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    pages: Object.keys(workers).map((worker) => paths[worker.replace(/^app/, "")]),
  }));
}

function readManifest(file) {
  return JSON.parse(readFileSync(path.join(".next", file), "utf8"));
}
