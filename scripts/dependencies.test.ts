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
  optionalDependencies?: Record<string, string>;
}

// The first versions without a known hole. Raise them with each advisory.
const FLOORS: Record<string, string> = {
  next: "16.4.5",
  react: "19.3.1",
  "react-dom": "19.3.1",
  sharp: "0.35.5",
  "drizzle-orm": "0.45.2",
  "next-auth": "4.24.15",
};

const manifest = read<Manifest>("package.json");
const lockfile = read<Lockfile>("package-lock.json");

describe("dependencies", () => {
  it("are pinned to exact versions", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });

  it.each(Object.entries(FLOORS))("%s has no installed copy below %s", (name, floor) => {
    const copies = Object.entries(lockfile.packages)
      .filter(([path]) => path.endsWith(`node_modules/${name}`))
      .map(([, { version = "0.0.0" }]) => version);
    expect(copies).not.toEqual([]);
    expect(copies.filter((version) => compare(version, floor) < 0)).toEqual([]);
  });

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
  });
});

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
