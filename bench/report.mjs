import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";

const DOCUMENT = "docs/performance.md";

export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Prints tables, keeps the results as JSON, and puts the tables into docs/performance.md. */
export function report(name, results, tables) {
  const table = tables.map(toText).join("\n\n");
  console.log(`\n${table}\n`);
  const facts = machine();
  const file = path.join("bench/results", `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ ...facts, results }, null, 2)}\n`);
  const { date, commit, cpu, cores, memoryGb, node } = facts;
  const note = `Measured on ${date} at \`${commit}\`: ${cores} cores of ${cpu}, ${memoryGb} GB, Node ${node}.`;
  replaceSection(name, `${table}\n\n${note}`);
}

function toText({ header, rows }) {
  return [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    cpu: cpus()[0]?.model ?? "an unknown processor",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}

function replaceSection(name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = readFileSync(DOCUMENT, "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${DOCUMENT} has no section ${name}`);
  writeFileSync(DOCUMENT, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
