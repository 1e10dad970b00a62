import { writeFileSync } from "node:fs";
import path from "node:path";
import { machine, machineText, publish } from "../scripts/published.mjs";

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
  publish(DOCUMENT, name, `${table}\n\nMeasured ${machineText(facts)}.`);
}

function toText({ header, rows }) {
  return [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
