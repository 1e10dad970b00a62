import { readFileSync } from "node:fs";

/** The blocks of one language under a heading of a document, word for word. */
export function blocksOf(file: string, heading: string, language: string): string[] {
  const [, rest = ""] = readFileSync(file, "utf8").split(new RegExp(`^#+ ${heading}\n`, "m"));
  const [section = ""] = rest.split(/^## /m);
  const found = section.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"));
  const blocks = [...found].map(([, block = ""]) => block);
  if (blocks.length === 0) throw new Error(`${file} has no ${language} under ${heading}`);
  return blocks;
}
