import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What the build and the API say there is. */
export interface Manifest {
  pages: string[];
  handlers: string[];
  actions: { id: string; name: string; pages: string[] }[];
  api: { method: string; path: string }[];
}

// Next's own: nobody links to them, and what they show is in no build of ours.
const OF_NEXT = ["/_global-error", "/_not-found"];

/** Reads the manifests of the build that is being served. */
export async function readManifest(): Promise<Manifest> {
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/routes.mjs"], {
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const manifest: Manifest = JSON.parse(stdout);
  return { ...manifest, pages: manifest.pages.filter((page) => !OF_NEXT.includes(page)) };
}

/** What is in one list and not in the other. */
export function without(all: readonly string[], known: readonly string[]): string[] {
  return [...new Set(all)].filter((item) => !known.includes(item)).sort();
}
