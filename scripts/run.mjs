// Runs one of Latchkey's programs from its source: `node scripts/run.mjs <program> [arguments]`.
// Bundles it and builds the pages first, unless that was done for exactly this source.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildPages, bundleProgram, hashSource } from "./build.mjs";

const PROGRAMS = {
  server: { entry: "server.ts", needsPages: true },
  demo: { entry: "server/commands/demo.ts", needsPages: true },
  user: { entry: "server/commands/user.ts", needsPages: false },
  setting: { entry: "server/commands/setting.ts", needsPages: false },
  audit: { entry: "server/commands/audit.ts", needsPages: false },
};

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
process.env.NEXT_TELEMETRY_DISABLED = "1";

const [name, ...args] = process.argv.slice(2);
const isDev = name === "server" && args.includes("--dev");
process.env.NODE_ENV = isDev ? "development" : "production";
mkdirSync("dist", { recursive: true });

if (name === "build") {
  const hash = hashSource();
  await buildPages(hash);
  for (const [program, { entry }] of Object.entries(PROGRAMS)) {
    await bundleProgram(program, entry, hash);
  }
} else if (Object.hasOwn(PROGRAMS, name)) {
  const { entry, needsPages } = PROGRAMS[name];
  const hash = hashSource();
  if (needsPages && !isDev) await buildPages(hash);
  const bundle = await bundleProgram(name, entry, hash);
  const program = await import(pathToFileURL(bundle).href);
  if (name === "server") await program.startServer({ isDev });
  else process.exitCode = await program.run(args);
} else {
  console.error(`Usage: node scripts/run.mjs build|${Object.keys(PROGRAMS).join("|")}`);
  process.exitCode = 2;
}
