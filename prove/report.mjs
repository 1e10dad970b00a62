import { mkdirSync, writeFileSync } from "node:fs";
import { machine, machineText, publish } from "../scripts/published.mjs";
import { SUITES } from "./suites.mjs";

const DOCUMENT = "docs/trust.md";

/** Keeps what a suite found as JSON, and puts it into docs/trust.md. */
export function report(name, found) {
  const facts = { ...machine(), ...found };
  mkdirSync("prove/results", { recursive: true });
  writeFileSync(`prove/results/${name}.json`, `${JSON.stringify(facts, null, 2)}\n`);
  publish(DOCUMENT, name, textOf(name, facts));
}

function textOf(name, facts) {
  const { seed, seconds, tests, measured } = facts;
  const failed = tests.filter(({ passed }) => !passed);
  const lines = [
    `${SUITES[name].about}: ${tests.length - failed.length} of ${tests.length} held.`,
    ...(failed.length > 0 ? ["", ...failed.map(({ title }) => `- **Failed:** ${title}`)] : []),
  ];
  if (measured.length > 0) {
    lines.push("", "| promised | measured |", "| --- | --- |");
    lines.push(...measured.map(({ promise, found }) => `| ${cell(promise)} | ${cell(found)} |`));
  }
  lines.push("", `Proved with seed ${seed} in ${duration(seconds)} ${machineText(facts)}.`);
  return lines.join("\n");
}

function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function duration(seconds) {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
