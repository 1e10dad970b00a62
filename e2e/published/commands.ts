import { readFileSync } from "node:fs";
import path from "node:path";

const DOCUMENT = path.join(import.meta.dirname, "tokens-workflow.md");

/** The commands of the published workflow in their order, each with its here-document. */
export function publishedCommands(): string[] {
  const commands: string[] = [];
  let open: string[] | undefined;
  for (const line of readFileSync(DOCUMENT, "utf8").split("\n")) {
    const text = line.replace(/^ {4}/, "");
    if (open) open.push(text);
    else if (text.startsWith("kubectl ")) open = [text];
    if (!open || (open[0]?.includes("<<EOF") && text !== "EOF")) continue;
    commands.push(open.join("\n"));
    open = undefined;
  }
  return commands;
}
