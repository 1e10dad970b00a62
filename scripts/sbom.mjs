// `npm run sbom`: every package that runs with Latchkey, as CycloneDX, in dist/sbom.cdx.json.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const FILE = "dist/sbom.cdx.json";

const lockfile = JSON.parse(readFileSync("package-lock.json", "utf8"));
const runtime = new Set(
  Object.entries(lockfile.packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { version }]) => `${path.split("node_modules/").at(-1)}@${version}`),
);
// With --omit dev npm 10 and 11 leave out what a package for development needs as well, such as yaml.
const all = JSON.parse(
  execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  }),
);
const components = all.components.filter(({ name, version }) => runtime.has(`${name}@${version}`));
const kept = new Set([all.metadata.component, ...components].map((known) => known["bom-ref"]));
const dependencies = all.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
mkdirSync("dist", { recursive: true });
writeFileSync(FILE, `${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
console.log(`${FILE}: ${components.length} packages`);
