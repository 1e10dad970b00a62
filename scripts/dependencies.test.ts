import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

interface Lockfile {
  packages: Record<string, LockedPackage>;
}

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  inBundle?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

interface Component {
  name: string;
  version: string;
}

// The first versions without a known hole. Raise them with each advisory.
const FLOORS = read<Record<string, { floor: string; because: string }>>("prove/floors.json");
// Next brings it for an endpoint that is switched off; without it there is no hole either.
const DISPENSABLE = ["sharp"];

const manifests = ["package.json", "bench/package.json"].map((file) => read<Manifest>(file));
const lockfile = read<Lockfile>("package-lock.json");

describe("dependencies", () => {
  it("are pinned to exact versions", () => {
    const versions = manifests.flatMap(({ dependencies, devDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies }),
    );
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });

  it.each(Object.entries(FLOORS).map(([name, { floor }]) => [name, floor] as const))(
    "%s has no installed copy below %s",
    (name, floor) => {
      const copies = Object.entries(lockfile.packages)
        .filter(([path]) => path.endsWith(`node_modules/${name}`))
        .map(([, { version = "0.0.0" }]) => version);
      expect(copies.length > 0 || DISPENSABLE.includes(name)).toBe(true);
      expect(copies.filter((version) => compare(version, floor) < 0)).toEqual([]);
    },
  );

  // npm leaves out what its registry does not have, and then `npm ci` refuses the lockfile.
  it("are locked for every platform", () => {
    const wanted = Object.values(lockfile.packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    );
    const locked = new Set(
      Object.keys(lockfile.packages).map((path) => path.split("node_modules/").at(-1)),
    );
    expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
  });

  it("name no place to download from, so that every registry serves", () => {
    const resolved = Object.values(lockfile.packages).filter((entry) => entry.resolved);
    expect(resolved).toEqual([]);
    expect(readFileSync(".npmrc", "utf8")).not.toContain("registry");
    const wild = Object.values(lockfile.packages).filter(
      ({ version, link }) => link || /[:/]/.test(version ?? ""),
    );
    expect(wild).toEqual([]);
  });

  // Not every registry has the binaries of other platforms, so nobody could say what is in them.
  it("are locked with the digest of what is downloaded, but for binaries of other platforms", () => {
    const unproven = Object.entries(lockfile.packages).filter(
      ([path, { integrity, inBundle, optional, os, cpu }]) =>
        path !== "" && !inBundle && !integrity && !(optional && (os || cpu)),
    );
    expect(unproven.map(([path]) => path)).toEqual([]);
  });

  it("that run with Latchkey are all in its bill of materials, in exactly their version", () => {
    execFileSync(process.execPath, ["scripts/sbom.mjs"]);
    const { bomFormat, components } = read<{ bomFormat: string; components: Component[] }>(
      "dist/sbom.cdx.json",
    );
    expect(bomFormat).toBe("CycloneDX");
    const listed = components.map(({ name, version }) => `${name}@${version}`).sort();
    const runtime = Object.entries(lockfile.packages)
      .filter(([path, { dev }]) => path !== "" && !dev)
      .map(([path, { version }]) => `${path.split("node_modules/").at(-1)}@${version}`);
    expect(listed).toEqual([...new Set(runtime)].sort());
    for (const [name, version] of Object.entries(manifests[0]?.dependencies ?? {})) {
      expect(listed).toContain(`${name}@${version}`);
    }
  });
});

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
