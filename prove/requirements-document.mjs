// `node prove/requirements-document.mjs`: writes docs/requirements.md anew.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { GROUPS, REQUIREMENTS } from "./requirements.mjs";

export const DOCUMENT = "docs/requirements.md";

/** What is promised and which tests hold it to that, for people to read. */
export function requirementsText() {
  const lines = [
    "# What is promised, and by which tests",
    "",
    `${REQUIREMENTS.length} requirements in ${GROUPS.length} groups. Each has at least one test, named by its file and title, where \`%s\``,
    "and `${…}` stand for what a test is repeated with. `npm run prove -- requirements` runs all of them, then",
    "breaks the product on purpose, two times or more in each group, and demands that a test notices:",
    "[trust.md](trust.md#requirements). Made from `prove/requirements/` by `node prove/requirements-document.mjs`.",
  ];
  for (const { group, name, requirements } of GROUPS) {
    lines.push("", `## ${group}. ${name}`);
    for (const { number, promise, tests } of requirements) {
      lines.push("", `**${number}.** ${promise}`, "");
      for (const [file, titles] of Object.entries(tests)) {
        lines.push(`- [${file}](../${file}): ${titles.map((title) => `“${title}”`).join("; ")}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(DOCUMENT, requirementsText());
}
