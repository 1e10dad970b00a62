import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** When, of what and on what something was measured. */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    cpu: cpus()[0]?.model ?? "an unknown processor",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}

/** The same as the end of a sentence. */
export function machineText({ date, commit, cpu, cores, memoryGb, node }) {
  return `on ${date} at \`${commit}\`: ${cores} cores of ${cpu}, ${memoryGb} GB, Node ${node}`;
}

/** Puts a text between the marks of this name in a document. Throws when they are not there. */
export function publish(document, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = readFileSync(document, "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${document} has no section ${name}`);
  writeFileSync(document, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
