import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";

export interface Kubectl {
  file: string;
  /** The minor version: 20 is Debian 12's, 32 sends protobuf. */
  minor: number;
}

// Where scripts/prerequisites.mjs unpacks Debian's package.
const UNPACKED = path.resolve("dist/kubernetes-client/usr/bin");
const NAME = /^kubectl(\.\d+\.\d+)?$/;

/** The newest kubectl of this machine and the oldest, which on Debian is that of its package. */
export function findKubectls(): Kubectl[] {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const folders = [...onPath, ...onPath.map(folderBehind), UNPACKED];
  const files = [...new Set(folders)].filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => NAME.test(name))
      .map((name) => path.join(folder, name)),
  );
  const found = files
    .map((file) => ({ file, minor: minorOf(file) }))
    .filter(({ minor }) => minor > 0)
    .sort((left, right) => right.minor - left.minor);
  const [newest, oldest] = [found[0], found.at(-1)];
  if (!newest || !oldest) throw new Error("there is no kubectl");
  return newest.minor === oldest.minor ? [newest] : [newest, oldest];
}

// A kubectl on the PATH may be a link to a folder with more versions of it.
function folderBehind(folder: string): string {
  const file = path.join(folder, "kubectl");
  return existsSync(file) ? path.dirname(realpathSync(file)) : folder;
}

function minorOf(file: string): number {
  try {
    const text = execFileSync(file, ["version", "--client", "-o", "json"], {
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    });
    return Number(/"gitVersion": "v1\.(\d+)\./.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
