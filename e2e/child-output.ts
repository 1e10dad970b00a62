import type { ChildProcess } from "node:child_process";

/** Collects what a process prints from now on; gives all of it so far. */
export function outputOf(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

/** The first errors of a Latchkey's log: why something was answered as nobody promised. */
export function firstErrorsIn(output: string): string {
  return (output.match(/^.*"level":"error".*$/gm) ?? []).slice(0, 5).join("\n");
}
