import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A copy of the project's sources in a folder of its own, with the packages that are installed. */
export function copyProject() {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-copy-"));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const { stdout } = spawnSync("git", list, { encoding: "utf8", maxBuffer: 2 ** 26 });
  for (const file of stdout.split("\0").filter((name) => name !== "")) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    cpSync(file, path.join(folder, file));
  }
  // Hard links where the file system has them: nothing is ever written in there.
  const link = spawnSync("cp", ["-al", "node_modules", folder]);
  if (link.status !== 0)
    cpSync("node_modules", path.join(folder, "node_modules"), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs work while a file of the copy has one text in place of another, which is there exactly once. */
export function whileBroken({ folder }, { file, find, replace }, work) {
  const broken = path.join(folder, file);
  const whole = readFileSync(broken, "utf8");
  const places = whole.split(find).length - 1;
  if (places !== 1) throw new Error(`${file} has ${places} places with ${find}`);
  writeFileSync(
    broken,
    whole.replace(find, () => replace),
  );
  try {
    return work();
  } finally {
    writeFileSync(broken, whole);
  }
}
